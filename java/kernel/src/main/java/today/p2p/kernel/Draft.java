package today.p2p.kernel;

import today.p2p.serializer.PackedMessage;

/**
 * A broadcast that is written and dated but not sent.
 *
 * @param time its time field: the present, or later by what MSH-13 asks for
 */
public record Draft(long time, PackedMessage message) {}
