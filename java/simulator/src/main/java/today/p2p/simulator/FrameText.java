package today.p2p.simulator;

import java.util.List;
import java.util.Locale;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;

/** What a frame says, in a few words: the names of its opcodes, what it is about, its size. */
final class FrameText {
    private static final int SHOWN = 24;

    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, World.ZLIB);
    // A relay sends one frame to several peers in a row: the last one is remembered.
    private Bytes last = Bytes.EMPTY;
    private String text = "";

    String of(Bytes frame) {
        if (!frame.equals(last)) {
            last = frame;
            text = decoder.decode(frame) instanceof Decoded.Complete complete
                    ? of(complete.frame().message()) + " (" + frame.length() + " B"
                            + (complete.frame().codec().isPresent() ? ", coded)" : ")")
                    : "no frame (" + frame.length() + " B)";
        }
        return text;
    }

    private static String of(Message message) {
        String type = Opcode.ofType(message.type()).map(FrameText::name).orElse("type " + message.type());
        List<Value> payload = message.payload();
        if (payload.isEmpty() || !(payload.get(0) instanceof Value.Int flag)) {
            return type;
        }
        String subFlag = Opcode.ofSubFlag(flag.longValue()).map(FrameText::name).orElse("0x" + flag);
        return type + " " + subFlag + about(subFlag, payload);
    }

    private static String about(String subFlag, List<Value> payload) {
        if (payload.size() < 2 || subFlag.equals("handshake")) {
            return "";
        }
        Value second = payload.get(1);
        boolean isList = second instanceof Value.Array;
        return isList ? " of " + ((Value.Array) second).items().size() : " " + shown(second);
    }

    /** A value as a person reads it; long ones are cut. */
    static String shown(Value value) {
        if (!(value instanceof Value.ByteString string)) {
            return value.toString();
        }
        String whole =
                string.bytes().isUtf8() ? string.bytes().utf8() : string.bytes().hex();
        return '"' + (whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "...") + '"';
    }

    private static String name(Opcode opcode) {
        return opcode.name().toLowerCase(Locale.ROOT);
    }
}
