package today.p2p.codecs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;

/** What all codecs have in common: bounds, and errors as values. A subclass knows one container. */
abstract class ContainerCodec implements Codec {
    private final String name;
    private final int code;

    ContainerCodec(String name, int code) {
        this.name = name;
        this.code = code;
    }

    /**
     * Reads exactly one stream that fills the range. Bad bytes end in an {@link IOException}, which
     * means CODEC unless it is {@link Refusal#BOMB}.
     */
    abstract void inflate(byte[] body, int from, int to, BoundedOutput out) throws IOException;

    /** Writes one stream; false when it passes the limit. */
    abstract boolean deflate(byte[] plain, int from, int to, BoundedOutput out);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int code() {
        return code;
    }

    @Override
    public boolean hasMagic() {
        return true;
    }

    @Override
    public final boolean compress(byte[] plain, int offset, int length, BoundedOutput out) {
        Objects.checkFromIndexSize(offset, length, plain.length);
        return deflate(plain, offset, offset + length, out);
    }

    @Override
    public final Optional<Malformed> decompress(byte[] body, int offset, int length, BoundedOutput out) {
        Objects.checkFromIndexSize(offset, length, body.length);
        if (out.size() != 0) {
            throw new IllegalArgumentException("the output holds " + out.size() + " bytes of something else");
        }
        try {
            inflate(body, offset, offset + length, out);
            return out.passed() ? bomb(out) : Optional.empty();
        } catch (IOException refused) {
            return refused == Refusal.BOMB ? bomb(out) : corrupt();
        }
    }

    private Optional<Malformed> bomb(BoundedOutput out) {
        String detail = "the " + name + " stream inflates to more than " + out.limit() + " bytes";
        return Optional.of(new Malformed(ErrorCode.BOMB, 0, detail));
    }

    private Optional<Malformed> corrupt() {
        String detail = "the bytes are not exactly one sound " + name + " stream";
        return Optional.of(new Malformed(ErrorCode.CODEC, 0, detail));
    }

    /** Free bytes behind what was written, at least one; memory grows a step when there are none. */
    static int room(BoundedOutput out) throws Refusal {
        int free = out.array().length - out.position();
        int room = out.reserve(free > 0 ? free : Integer.MAX_VALUE);
        if (room == 0) {
            throw Refusal.BOMB;
        }
        return room;
    }

    /** Reads a stream to its end or to the limit. */
    static void drain(InputStream in, BoundedOutput out) throws IOException {
        for (; ; ) {
            int room = room(out);
            int count = in.read(out.array(), out.position(), room);
            if (count < 0) {
                return;
            }
            out.advance(count);
        }
    }
}
