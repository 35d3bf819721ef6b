package today.p2p.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import today.p2p.peers.protobuf.StructProto;

/** Protocol Buffers with generated classes, between the same {@link Struct} as all others. */
final class ProtobufPeer implements Peer {
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;

    @Override
    public int encode(Struct s) throws IOException {
        StructProto.Builder message = StructProto.newBuilder()
                .setType(s.type)
                .setSender(s.sender)
                .setTime(s.time)
                .setSubFlag(s.subFlag)
                .setId(s.id)
                .setSequence(s.sequence)
                .setActive(s.active)
                .setPrice(s.price)
                .setRatio(s.ratio)
                .setName(s.name)
                .setTitle(s.title)
                .setComment(s.comment)
                .setKey(ByteString.copyFrom(s.key))
                .setSignature(ByteString.copyFrom(s.signature))
                .setCreated(s.created)
                .setExpires(s.expires)
                .setSmall(s.small)
                .setNegative(s.negative)
                .setFarNegative(s.farNegative)
                .setDeleted(s.deleted)
                .addAllSamples(s.samples)
                .addAllTags(s.tags)
                .putAllCounters(s.counters);
        if (s.absent != null) {
            message.setAbsent(s.absent);
        }
        CodedOutputStream out = CodedOutputStream.newInstance(buffer);
        message.build().writeTo(out);
        length = out.getTotalBytesWritten();
        return length;
    }

    @Override
    public byte[] encoded() {
        return Arrays.copyOf(buffer, length);
    }

    @Override
    public Struct decode(byte[] bytes) throws IOException {
        StructProto message = StructProto.parseFrom(bytes);
        Struct s = new Struct();
        s.type = message.getType();
        s.sender = message.getSender();
        s.time = message.getTime();
        s.subFlag = message.getSubFlag();
        s.id = message.getId();
        s.sequence = message.getSequence();
        s.active = message.getActive();
        s.price = message.getPrice();
        s.ratio = message.getRatio();
        s.name = message.getName();
        s.title = message.getTitle();
        s.comment = message.getComment();
        s.key = message.getKey().toByteArray();
        s.signature = message.getSignature().toByteArray();
        s.created = message.getCreated();
        s.expires = message.getExpires();
        s.small = message.getSmall();
        s.negative = message.getNegative();
        s.farNegative = message.getFarNegative();
        s.absent = message.hasAbsent() ? message.getAbsent() : null;
        s.deleted = message.getDeleted();
        s.samples = message.getSamplesList();
        s.tags = message.getTagsList();
        s.counters = new LinkedHashMap<>(message.getCountersMap());
        return s;
    }
}
