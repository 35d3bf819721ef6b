package today.p2p.rigs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.Deflater;

/**
 * What one hostile link does. Each is a greeting, which may be missing, and then one thing again and again. Attackers and
 * node share a machine: the rates leave it enough time to answer, since otherwise it is the machine that is measured.
 */
enum Attack {
    /** Says nothing. */
    IDLE(Greeting.NONE, 60_000),
    /** Sends a handshake byte by byte. */
    SLOW(Greeting.NONE, 2_000),
    /** Sends a hundred broadcasts a second. */
    FLOODING(Greeting.SOUND, 10),
    /** Claims a frame of four gigabytes. */
    LENGTH_BOMB(Greeting.SOUND, 1_000),
    /** Sends a gigabyte of zeros in a megabyte. */
    DECOMPRESSION_BOMB(Greeting.SOUND, 5_000),
    /** Sends most of a frame of 16 MiB, and nothing after it. */
    HALF_FRAME(Greeting.SOUND, 500),
    /** Sends arrays in arrays. */
    NESTING(Greeting.SOUND, 1_000),
    /** Sends a frame that its checksum does not fit. */
    BAD_CHECKSUM(Greeting.SOUND, 500),
    /** Claims the id of an honest peer. */
    FORGED_ID(Greeting.FORGED, 500),
    /** Tells of peers in places where nobody should dial. */
    POISONED_PEERS(Greeting.SOUND, 200),
    /** Asks for lists of peers and does not read them. */
    STALLED(Greeting.SOUND, 20);

    private static final int PEERS = 7;
    private static final int REQUEST = 8;
    private static final byte[] ZEROS = zeros();

    private final Greeting greeting;
    private final long everyMillis;

    Attack(Greeting greeting, long everyMillis) {
        this.greeting = greeting;
        this.everyMillis = everyMillis;
    }

    /** How the link begins. */
    enum Greeting {
        /** With no handshake. */
        NONE,
        /** With a handshake under an id of its own. */
        SOUND,
        /** With a handshake under an honest peer's id. */
        FORGED
    }

    Greeting greeting() {
        return greeting;
    }

    /** Milliseconds between two of what it sends. */
    long everyMillis() {
        return everyMillis;
    }

    /** Whether it reads what it is sent. */
    boolean reads() {
        return this != STALLED;
    }

    /** What it sends the n-th time after the greeting; empty: nothing. */
    List<ByteBuffer> next(String id, int count, Random random) {
        long now = System.currentTimeMillis() / 1000;
        return switch (this) {
            case IDLE -> List.of();
            case SLOW -> List.of(ByteBuffer.wrap(new byte[] {(byte) (count == 3 ? 100 : 0)}));
            case FLOODING -> of(message(0, id, now).text("flood " + count + " " + random.nextInt()));
            case LENGTH_BOMB -> List.of(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0}));
            case DECOMPRESSION_BOMB -> List.of(ByteBuffer.wrap(RawFrame.framed(ZEROS)));
            case HALF_FRAME -> List.of(part(count));
            case NESTING -> of(message(0, id, now).raw(nested(100_000)));
            case BAD_CHECKSUM ->
                List.of(ByteBuffer.wrap(broken(message(0, id, now).text("x"))));
            case FORGED_ID -> of(message(2, id, now).text("it is me"));
            case POISONED_PEERS -> of(peers(id, now, random));
            case STALLED ->
                of(new RawFrame()
                        .array(5)
                        .integer(2)
                        .text(id)
                        .integer(now)
                        .integer(REQUEST)
                        .text("*"));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<ByteBuffer> of(RawFrame frame) {
        return List.of(ByteBuffer.wrap(frame.frame()));
    }

    /** The beginning of a message of one item. */
    private static RawFrame message(int type, String id, long now) {
        return new RawFrame().array(5).integer(type).text(id).integer(now).integer(type);
    }

    private static RawFrame peers(String id, long now, Random random) {
        RawFrame frame =
                new RawFrame().array(5).integer(2).text(id).integer(now).integer(PEERS);
        frame.raw(new byte[] {(byte) 0xdc, 0, 64});
        for (int i = 0; i < 64; i++) {
            frame.array(2).array(2).text("10.0." + random.nextInt(256) + "." + random.nextInt(256));
            frame.integer(1 + random.nextInt(60_000)).text("made up " + random.nextInt());
        }
        return frame;
    }

    private static ByteBuffer part(int count) {
        ByteBuffer part = ByteBuffer.allocate(count < 60 ? 1 << 18 : 0);
        if (count == 0) {
            part.putInt(0, 1 << 24);
        }
        return part;
    }

    private static byte[] nested(int depth) {
        byte[] bytes = new byte[depth + 1];
        Arrays.fill(bytes, 0, depth, (byte) 0x91);
        return bytes;
    }

    private static byte[] broken(RawFrame frame) {
        byte[] bytes = frame.frame();
        bytes[4] ^= 1;
        return bytes;
    }

    private static byte[] zeros() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 20];
        byte[] packed = new byte[1 << 16];
        for (int i = 0; i < 1024; i++) {
            deflater.setInput(block);
            while (!deflater.needsInput()) {
                out.write(packed, 0, deflater.deflate(packed));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(packed, 0, deflater.deflate(packed));
        }
        deflater.end();
        return out.toByteArray();
    }
}
