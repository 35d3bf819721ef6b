package today.p2p.kernel;

import java.util.List;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/**
 * A message of the application, as it is handed over (MSH-14).
 *
 * @param from the link on which it came first
 * @param isBroadcast whether it went to every node; otherwise to this one alone
 * @param sender the id of its author, claimed and unproved, with the msgpack type with which it came
 * @param time seconds since 1970 by the author's clock
 * @param id the message id, 32 bytes
 * @param subFlag 0x00, 0x02, or 0x40 to 0xff
 * @param payload what follows the sub-flag
 */
public record Delivery(
        LinkId from,
        boolean isBroadcast,
        Value.ByteString sender,
        long time,
        Bytes id,
        int subFlag,
        List<Value> payload) {}
