package today.p2p.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every serializer of the comparison carries: the envelope of a message, and 20 mixed fields with a nested array and a
 * nested map. As a bare message of protocol 0.7 it has 603 bytes.
 *
 * <p>Public fields and a constructor without arguments, since Kryo, Fory and Jackson are fastest with those.
 */
public final class Struct {
    public int type;
    public String sender = "";
    public long time;
    public int subFlag;

    public long id;
    public int sequence;
    public boolean active;
    public double price;
    public double ratio;
    public String name = "";
    public String title = "";
    public String comment = "";
    public byte[] key = {};
    public byte[] signature = {};
    public long created;
    public long expires;
    public int small;
    public int negative;
    public long farNegative;
    public @Nullable String absent;
    public boolean deleted;
    public List<Long> samples = List.of();
    public List<String> tags = List.of();
    public Map<String, Long> counters = Map.of();

    /** The one value that is measured. Every call makes a new and equal one. */
    public static Struct sample() {
        Struct s = new Struct();
        s.type = 0;
        s.sender = "3SWq7xkJ8Rw5cZQd1yTnFv2mLbHgPe4sUaKiXoNjYtDrMfGhBzCu9V6pAE1kLmWq7R";
        s.time = 1_790_000_000L;
        s.subFlag = 0;
        s.id = 0x1122334455667788L;
        s.sequence = 70_000;
        s.active = true;
        s.price = 1234.5678;
        s.ratio = -0.000123;
        s.name = "node of the example";
        s.title = "A title of a length that titles have in the wild";
        s.comment = "Grüße an alle Knoten; 漢字 too, and then text in which nothing much repeats: lorem ipsum"
                + " dolor sit amet, consectetur adipiscing elit, sed do eius";
        s.key = bytes(32, 7);
        s.signature = bytes(64, 11);
        s.created = 1_789_999_000L;
        s.expires = 1_790_003_600L;
        s.small = 5;
        s.negative = -7;
        s.farNegative = -5_000_000_000L;
        s.absent = null;
        s.deleted = false;
        s.samples = List.of(0L, 1L, 127L, 128L, 255L, 256L, 65_535L, 65_536L, -1L, -129L);
        s.tags = List.of("mesh", "sync", "chord", "leased", "compressed");
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("frames-in", 1_234_567L);
        counters.put("frames-out", 7_654_321L);
        counters.put("bytes-in", 9_876_543_210L);
        counters.put("bytes-out", 1_234_567_890L);
        counters.put("malformed", 3L);
        counters.put("duplicates", 4_096L);
        s.counters = counters;
        return s;
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        int state = seed;
        for (int i = 0; i < length; i++) {
            state = state * 1_103_515_245 + 12_345;
            bytes[i] = (byte) (state >>> 16);
        }
        return bytes;
    }

    /** True if both carry the same; a peer that loses a field does not take part. */
    public boolean sameAs(Struct other) {
        return type == other.type
                && time == other.time
                && subFlag == other.subFlag
                && id == other.id
                && sequence == other.sequence
                && active == other.active
                && price == other.price
                && ratio == other.ratio
                && created == other.created
                && expires == other.expires
                && small == other.small
                && negative == other.negative
                && farNegative == other.farNegative
                && deleted == other.deleted
                && Objects.equals(absent, other.absent)
                && sameTexts(other)
                && java.util.Arrays.equals(key, other.key)
                && java.util.Arrays.equals(signature, other.signature);
    }

    private boolean sameTexts(Struct other) {
        return sender.equals(other.sender)
                && name.equals(other.name)
                && title.equals(other.title)
                && comment.equals(other.comment)
                && samples.equals(other.samples)
                && tags.equals(other.tags)
                && counters.equals(other.counters);
    }
}
