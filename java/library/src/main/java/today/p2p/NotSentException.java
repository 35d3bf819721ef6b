package today.p2p;

import today.p2p.msgpack.ErrorCode;

/**
 * A message was not sent, or what was asked for not done: {@code ABSENT}, nobody has a link to the node, or the
 * network is closed; {@code TIMEOUT}, nobody knew the node; {@code LIMIT}, it is too large or too many are under
 * way; another code when it cannot be encoded.
 */
public final class NotSentException extends PeerException {
    private static final long serialVersionUID = 1L;

    NotSentException(ErrorCode code, String detail) {
        super(detail.contains(code.name()) ? detail : code + ": " + detail, code);
    }
}
