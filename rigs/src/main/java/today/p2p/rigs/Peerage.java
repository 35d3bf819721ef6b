package today.p2p.rigs;

import today.p2p.ids.AddressText;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;

/** Handshakes of made-up peers. */
final class Peerage {
    static final String SUBNET = "rig";
    private static final int HANDSHAKE = 5;
    private static final int ZLIB = 0x13;
    static final ProtocolId PROTOCOL = ProtocolId.of(SUBNET, "Plaintext");

    private Peerage() {}

    /** An id that nobody else has. */
    static String id(int number) {
        return NodeId.of(AddressText.QUOTED.of("127.0.0.1", 1 + number % 60_000), PROTOCOL, "rig " + number)
                .text();
    }

    /** The handshake frame of that peer; it lists zlib. */
    static byte[] handshake(String id) {
        return handshake(id, PROTOCOL);
    }

    static byte[] handshake(String id, ProtocolId protocol) {
        RawFrame frame = new RawFrame().array(8).integer(2).text(id);
        frame.integer(System.currentTimeMillis() / 1000).integer(HANDSHAKE).text(id);
        frame.binary(protocol.bytes().toArray());
        frame.array(2).text("127.0.0.1").integer(0);
        return frame.array(1).integer(ZLIB).frame();
    }
}
