package today.p2p.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.Value;
import today.p2p.peers.Struct;
import today.p2p.serializer.MessageWriter;

/** How this project carries a {@link Struct}: the envelope of a message, and the fields as its payload. */
final class Ours {
    private static final int FIELDS = 20;

    private Ours() {}

    /** Writes the frame to the start of {@code target}; returns its length. */
    static int encode(MessageWriter out, Struct s, Value.ByteString sender, byte[] target) {
        out.begin(target, 0, s.type, sender, s.time, 1 + FIELDS);
        out.writeLong(s.subFlag);
        out.writeLong(s.id);
        out.writeLong(s.sequence);
        out.writeBoolean(s.active);
        out.writeDouble(s.price);
        out.writeDouble(s.ratio);
        out.writeText(s.name);
        out.writeText(s.title);
        out.writeText(s.comment);
        out.writeBinary(s.key, 0, s.key.length);
        out.writeBinary(s.signature, 0, s.signature.length);
        out.writeLong(s.created);
        out.writeLong(s.expires);
        out.writeLong(s.small);
        out.writeLong(s.negative);
        out.writeLong(s.farNegative);
        if (s.absent == null) {
            out.writeNil();
        } else {
            out.writeText(s.absent);
        }
        out.writeBoolean(s.deleted);
        writeContainers(out, s);
        return out.end();
    }

    private static void writeContainers(MessageWriter out, Struct s) {
        List<Long> samples = s.samples;
        out.beginArray(samples.size());
        for (int i = 0; i < samples.size(); i++) {
            out.writeLong(samples.get(i));
        }
        List<String> tags = s.tags;
        out.beginArray(tags.size());
        for (int i = 0; i < tags.size(); i++) {
            out.writeText(tags.get(i));
        }
        out.beginMap(s.counters.size());
        for (Map.Entry<String, Long> counter : s.counters.entrySet()) {
            out.writeText(counter.getKey());
            out.writeLong(counter.getValue());
        }
    }

    /** Reads the fields of a verified message into a new struct. */
    static Struct decode(int type, Value.ByteString sender, long time, MsgpackReader in) {
        Struct s = new Struct();
        s.type = type;
        s.sender = sender.bytes().utf8();
        s.time = time;
        s.subFlag = (int) in.readLong();
        s.id = in.readLong();
        s.sequence = (int) in.readLong();
        s.active = in.readBoolean();
        s.price = in.readDouble();
        s.ratio = in.readDouble();
        s.name = in.readText();
        s.title = in.readText();
        s.comment = in.readText();
        s.key = in.readByteArray();
        s.signature = in.readByteArray();
        s.created = in.readLong();
        s.expires = in.readLong();
        s.small = (int) in.readLong();
        s.negative = (int) in.readLong();
        s.farNegative = in.readLong();
        if (in.kind() == Value.Kind.NIL) {
            in.readNil();
        } else {
            s.absent = in.readText();
        }
        s.deleted = in.readBoolean();
        readContainers(s, in);
        return s;
    }

    private static void readContainers(Struct s, MsgpackReader in) {
        int count = in.readArray();
        List<Long> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            samples.add(in.readLong());
        }
        s.samples = samples;
        count = in.readArray();
        List<String> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tags.add(in.readText());
        }
        s.tags = tags;
        count = in.readMap();
        Map<String, Long> counters = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            counters.put(in.readText(), in.readLong());
        }
        s.counters = counters;
    }
}
