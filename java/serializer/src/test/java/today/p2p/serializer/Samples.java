package today.p2p.serializer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Frames written by hand, and random values. */
final class Samples {
    /** [2, "a", 1500000000, ...]: what follows is the payload. */
    static final String HEAD = "02a161ce59682f00";

    private static final String[] LETTERS = {"x", "é", "€", "😀"};

    private Samples() {}

    /** The raw frame of a bare message. */
    static byte[] frame(String bareHex) {
        return frame(Bytes.ofHex(bareHex.replace(" ", "")).toArray());
    }

    static byte[] frame(byte[] bare) {
        return withHeader(plain(bare));
    }

    /** Checksum and bare message. */
    static byte[] plain(byte[] bare) {
        byte[] plain = new byte[32 + bare.length];
        Bytes.of(bare).sha256().copyTo(plain, 0);
        System.arraycopy(bare, 0, plain, 32, bare.length);
        return plain;
    }

    static byte[] withHeader(byte[] body) {
        byte[] frame = new byte[4 + body.length];
        Header.put(frame, 0, body.length);
        System.arraycopy(body, 0, frame, 4, body.length);
        return frame;
    }

    /** The frame of a message whose payload is {@code bytes} bytes of binary. */
    static byte[] frameOf(int bytes) {
        Message message = new Message(2, Value.of("a"), 1, List.of(Value.of(Bytes.of(new byte[bytes]))));
        return PackedMessage.of(message, Limits.DEFAULT).frameFor(null).toArray();
    }

    static byte[] repeat(String hex, int times) {
        byte[] unit = Bytes.ofHex(hex).toArray();
        byte[] all = new byte[unit.length * times];
        for (int at = 0; at < all.length; at++) {
            all[at] = unit[at % unit.length];
        }
        return all;
    }

    static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] hex(String hex) {
        return Bytes.ofHex(hex.replace(" ", "")).toArray();
    }

    static Decoded decode(byte[] frame) {
        return new FrameDecoder(Limits.DEFAULT, List.of()).decode(frame, 0, frame.length);
    }

    static Message message(RandomGenerator random) {
        List<Value> payload = new ArrayList<>();
        for (int item = random.nextInt(8); item > 0; item--) {
            payload.add(value(random, 4));
        }
        return new Message(random.nextInt(256), Value.of("sender"), random.nextLong() >>> 1, payload);
    }

    static Value value(RandomGenerator random, int levels) {
        return switch (random.nextInt(levels > 0 ? 12 : 9)) {
            case 0 -> Value.nil();
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 3 -> Value.ofUnsigned(random.nextLong());
            case 4 -> Value.of(Double.longBitsToDouble(random.nextLong()));
            case 5, 6 -> Value.of(text(random));
            case 7 -> Value.of(bytes(random));
            case 8 -> Value.ext(random.nextInt(256) - 128, Bytes.of(new byte[random.nextInt(20)]));
            case 9, 10 -> array(random, levels);
            default -> map(random, levels);
        };
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int left = length(random); left > 0; left--) {
            text.append(LETTERS[random.nextInt(20) == 0 ? random.nextInt(4) : 0]);
        }
        return text.toString();
    }

    private static Bytes bytes(RandomGenerator random) {
        byte[] bytes = new byte[length(random)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static int length(RandomGenerator random) {
        return random.nextInt(
                switch (random.nextInt(20)) {
                    case 0 -> 70_000;
                    case 1 -> 600;
                    default -> 40;
                });
    }

    private static Value array(RandomGenerator random, int levels) {
        List<Value> items = new ArrayList<>();
        for (int left = random.nextInt(random.nextInt(6) == 0 ? 40 : 5); left > 0; left--) {
            items.add(value(random, levels - 1));
        }
        return Value.of(items);
    }

    private static Value map(RandomGenerator random, int levels) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int left = random.nextInt(random.nextInt(6) == 0 ? 60 : 5); left > 0; left--) {
            entries.put(value(random, levels - 1), value(random, levels - 1));
        }
        List<Value.Entry> list = new ArrayList<>();
        entries.forEach((key, value) -> list.add(new Value.Entry(key, value)));
        return Value.map(list);
    }
}
