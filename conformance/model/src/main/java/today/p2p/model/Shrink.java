package today.p2p.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import today.p2p.model.Mutant.Defects;

/**
 * Makes a frame on which somebody fails as small and plain as it can be while the failure stays the same one: what the
 * model says to it keeps its code and its path, so that one defect does not turn into another on the way.
 */
public final class Shrink {

    /** The smallest frame that was found, and how many were tried. */
    public record Shrunk(byte[] frame, int tries) {}

    private static final int MAX_TRIES = 3000;

    private final List<Integer> codecs;
    private final Predicate<byte[]> stillFails;
    private final String verdict;
    private byte[] best;
    private int tries;

    private Shrink(byte[] frame, List<Integer> codecs, Predicate<byte[]> stillFails) {
        this.codecs = codecs;
        this.stillFails = stillFails;
        this.best = frame;
        this.verdict = verdict(frame);
    }

    /** Shrinks a frame for which {@code stillFails} holds; that is asked again for each smaller one. */
    public static Shrunk frame(byte[] frame, List<Integer> codecs, Predicate<byte[]> stillFails) {
        Shrink shrink = new Shrink(frame, codecs, stillFails);
        shrink.run();
        return new Shrunk(shrink.best, shrink.tries);
    }

    private void run() {
        byte[] before;
        do {
            before = best;
            if (bare(best).length > 0) {
                offer(wrap(bare(best)));
                simplifyValues();
                removeBytes(this::wrap, this::bare);
                zeroBytes();
            } else if (verdict.startsWith("LENGTH") || verdict.startsWith("LIMIT") || verdict.startsWith("SHORT")) {
                removeBytes(UnaryOperator.identity(), UnaryOperator.identity());
            } else {
                removeBytes(Mutation::header, Shrink::body);
            }
        } while (best != before && tries < MAX_TRIES);
    }

    /** Takes a candidate when it is simpler, the model's verdict is the same, and the failure stays. */
    private boolean offer(byte[] candidate) {
        if (tries >= MAX_TRIES || weight(candidate) >= weight(best)) {
            return false;
        }
        tries++;
        if (verdict(candidate).equals(verdict) && stillFails.test(candidate)) {
            best = candidate;
            return true;
        }
        return false;
    }

    // Shorter is simpler; of equal lengths, smaller bytes are. The checksum is noise and does not count.
    private static long weight(byte[] frame) {
        long sum = 0;
        for (int i = Limits.HEADER_BYTES + Limits.CHECKSUM_BYTES; i < frame.length; i++) {
            sum += Byte.toUnsignedInt(frame[i]);
        }
        return ((long) frame.length << 32) + sum;
    }

    /** What the model says, as code and path; indices are left out, since items move up when others go. */
    private String verdict(byte[] frame) {
        try {
            Message.read(new Frames(Defects.NONE).open(frame, codecs).bare(), Defects.NONE, null);
            return "ok";
        } catch (Failure failure) {
            return failure.code + " " + failure.path.replaceAll("\\[\\d+]", "[]");
        }
    }

    /** Drops and replaces items of a message that can be read, and writes it anew. */
    private void simplifyValues() {
        boolean smaller = true;
        while (smaller && tries < MAX_TRIES) {
            smaller = false;
            for (byte[] simpler : simplerMessages()) {
                if (offer(wrap(simpler))) {
                    smaller = true;
                    break;
                }
            }
        }
    }

    /** The best message with one item simpler; what follows it, if anything does, stays. */
    private List<byte[]> simplerMessages() {
        byte[] bare = bare(best);
        List<byte[]> messages = new ArrayList<>();
        try {
            Reader reader = new Reader(bare, Defects.NONE, null);
            for (Value simpler : Simpler.than(reader.read())) {
                Writer writer = new Writer(Defects.NONE);
                writer.write(simpler, 1);
                messages.add(Frames.concat(writer.bytes(), Arrays.copyOfRange(bare, reader.position(), bare.length)));
            }
        } catch (Failure unreadable) {
            // Then there are no values to simplify, only bytes.
            return messages;
        }
        return messages;
    }

    /** Removes runs of bytes, from half of them down to single ones. */
    private void removeBytes(UnaryOperator<byte[]> wrap, UnaryOperator<byte[]> unwrap) {
        for (int run = Math.max(1, unwrap.apply(best).length / 2); run > 0; run /= 2) {
            int at = 0;
            while (at < unwrap.apply(best).length && tries < MAX_TRIES) {
                byte[] inner = unwrap.apply(best);
                byte[] shorter = Frames.concat(
                        Arrays.copyOf(inner, at),
                        Arrays.copyOfRange(inner, Math.min(inner.length, at + run), inner.length));
                if (!offer(wrap.apply(shorter))) {
                    at += run;
                }
            }
        }
    }

    private void zeroBytes() {
        for (int i = 0; i < bare(best).length && tries < MAX_TRIES; i++) {
            byte[] zeroed = bare(best).clone();
            zeroed[i] = 0;
            offer(wrap(zeroed));
        }
    }

    private static byte[] body(byte[] frame) {
        return frame.length <= Limits.HEADER_BYTES
                ? new byte[0]
                : Arrays.copyOfRange(frame, Limits.HEADER_BYTES, frame.length);
    }

    private boolean isChecksumWrong() {
        return verdict.startsWith("CHECKSUM");
    }

    /** A raw frame of a bare message; its checksum is wrong when that is what the failure is about. */
    private byte[] wrap(byte[] bare) {
        byte[] frame = Mutation.raw(bare);
        frame[Limits.HEADER_BYTES] ^= (byte) (isChecksumWrong() ? 1 : 0);
        return frame;
    }

    /** The bare message of a frame that opens, or only lacks its checksum; empty for any other. */
    private byte[] bare(byte[] frame) {
        if (isChecksumWrong()) {
            byte[] body = body(frame);
            return Arrays.copyOfRange(body, Math.min(Limits.CHECKSUM_BYTES, body.length), body.length);
        }
        try {
            return new Frames(Defects.NONE).open(frame, codecs).bare();
        } catch (Failure closed) {
            return new byte[0];
        }
    }

    /** For a value, simpler ones to try in its place, the boldest first. Depth is that of a message that was read. */
    static final class Simpler {

        private Simpler() {}

        static List<Value> than(Value value) {
            List<Value> simpler = new ArrayList<>();
            if (value instanceof Value.Array array) {
                array(array.items(), simpler);
            } else if (value instanceof Value.Dictionary map) {
                map(map.entries(), simpler);
            } else if (value instanceof Value.Text text && !text.value().isEmpty()) {
                simpler.add(new Value.Text(""));
                String half = text.value().substring(0, text.value().length() / 2);
                simpler.add(new Value.Text(half));
                simpler.add(new Value.Text("a".repeat(text.value().length())));
            } else if (value instanceof Value.Binary binary && binary.value().length() > 0) {
                byte[] bytes = binary.value().array;
                simpler.add(Value.Binary.of(new byte[0]));
                simpler.add(Value.Binary.of(Arrays.copyOf(bytes, bytes.length / 2)));
            } else if (value instanceof Value.Int number && number.value().signum() != 0) {
                simpler.add(Value.Int.of(0));
                simpler.add(new Value.Int(number.value().divide(BigInteger.TWO)));
            }
            return simpler;
        }

        private static void array(List<Value> items, List<Value> simpler) {
            for (int i = items.size() - 1; i >= 0; i--) {
                List<Value> fewer = new ArrayList<>(items);
                fewer.remove(i);
                simpler.add(new Value.Array(fewer));
            }
            for (int i = 0; i < items.size(); i++) {
                for (Value inPlace : inPlaceOf(items.get(i))) {
                    List<Value> changed = new ArrayList<>(items);
                    changed.set(i, inPlace);
                    simpler.add(new Value.Array(changed));
                }
            }
        }

        private static void map(List<Value.Entry> entries, List<Value> simpler) {
            for (int i = 0; i < entries.size(); i++) {
                List<Value.Entry> fewer = new ArrayList<>(entries);
                Value.Entry entry = fewer.remove(i);
                simpler.add(new Value.Dictionary(fewer));
                for (Value inPlace : inPlaceOf(entry.value())) {
                    List<Value.Entry> changed = new ArrayList<>(entries);
                    changed.set(i, new Value.Entry(entry.key(), inPlace));
                    simpler.add(new Value.Dictionary(changed));
                }
            }
        }

        /** Nil, what a container holds, and the simpler forms of the value itself. */
        private static List<Value> inPlaceOf(Value value) {
            List<Value> others = new ArrayList<>();
            if (!(value instanceof Value.Nil)) {
                others.add(new Value.Nil());
            }
            if (value instanceof Value.Array array) {
                others.addAll(array.items());
            } else if (value instanceof Value.Dictionary map) {
                map.entries().forEach(entry -> others.add(entry.value()));
            }
            others.addAll(than(value));
            return others;
        }
    }
}
