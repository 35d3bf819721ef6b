package today.p2p.model;

import java.math.BigInteger;

/** The defaults of registry/limits.csv and registry/timers.csv that the model needs. */
final class Limits {

    static final int HEADER_BYTES = 4;
    static final int CHECKSUM_BYTES = 32;

    static final long MAX_FRAME = 16_777_216;
    static final long MAX_INFLATED = 16_777_216;
    static final long RATIO_FREE = 1_048_576;
    static final long MAX_RATIO = 2048;
    static final long MAX_WINDOW = 8_388_608;
    static final int MAX_DEPTH = 64;
    static final int MAX_ITEMS = 262_144;
    static final int MAX_BASE58 = 128;
    static final int MAX_KEY = 4096;
    static final int MAX_VALUE = 1_048_576;
    static final int COMPRESS_FROM = 256;
    static final int COMPRESS_SAVES = 16;

    static final BigInteger BROADCAST_WINDOW = BigInteger.valueOf(60);
    static final BigInteger LEASE_TERM = BigInteger.valueOf(3600);

    static final BigInteger MAX_TIME = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);
    static final BigInteger MIN_INTEGER = BigInteger.TWO.pow(63).negate();
    static final BigInteger MAX_INTEGER = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    static final BigInteger BASE58_END = BigInteger.TWO.pow(512);

    private Limits() {}
}
