package today.p2p.model;

/** The codes of registry/errors.csv (ERR-1). */
enum ErrorCode {
    LENGTH,
    SHORT,
    LIMIT,
    CODEC,
    BOMB,
    CHECKSUM,
    BODY,
    TEXT,
    TRAILING,
    SHAPE,
    OPCODE,
    RANGE,
    BASE58,
    SUBNET,
    ORDER,
    LEASE,
    ABSENT,
    TIMEOUT,
    INTERNAL,
    NOOP
}
