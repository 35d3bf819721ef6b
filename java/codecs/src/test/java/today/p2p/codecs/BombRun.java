package today.p2p.codecs;

import java.util.ArrayList;
import java.util.List;
import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;

/**
 * A program for a small heap: bombs of every codec, many times over. Its argument is the number of
 * rounds.
 */
final class BombRun {
    private static final int SMALL_BOMB = 2 << 20;

    private BombRun() {}

    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        for (Codec codec : Codecs.available()) {
            List<byte[]> bombs = new ArrayList<>();
            bombs.add(Streams.compressed(codec, new byte[SMALL_BOMB]));
            bombs.add(cut(bombs.get(0)));
            for (int round = 0; round < rounds; round++) {
                for (byte[] bomb : bombs) {
                    explode(codec, bomb, Limits.DEFAULT.ratioFree());
                }
            }
            // One byte more than the largest plain text that is let through at all.
            byte[] largest = Streams.compressed(codec, new byte[Limits.DEFAULT.maxInflated() + 1]);
            for (int round = 0; round < 5; round++) {
                explode(codec, largest, Limits.DEFAULT.maxInflated());
            }
            System.out.println(codec.name() + " done");
        }
    }

    private static byte[] cut(byte[] whole) {
        byte[] half = new byte[whole.length / 2];
        System.arraycopy(whole, 0, half, 0, half.length);
        return half;
    }

    private static void explode(Codec codec, byte[] bomb, int limit) {
        BoundedOutput out = new BoundedOutput(limit);
        ErrorCode code =
                codec.decompress(bomb, 0, bomb.length, out).orElseThrow().code();
        if (code != ErrorCode.BOMB && code != ErrorCode.CODEC || out.array().length > limit + 1) {
            throw new AssertionError(codec.name() + ": " + code + ", " + out.array().length + " bytes of memory");
        }
    }
}
