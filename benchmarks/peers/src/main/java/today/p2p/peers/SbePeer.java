package today.p2p.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import today.p2p.peers.sbe.MessageHeaderDecoder;
import today.p2p.peers.sbe.MessageHeaderEncoder;
import today.p2p.peers.sbe.StructSbeDecoder;
import today.p2p.peers.sbe.StructSbeEncoder;

/** Simple Binary Encoding: fixed offsets for numbers, groups and variable data in schema order. */
final class SbePeer implements Peer {
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final StructSbeEncoder encoder = new StructSbeEncoder();
    private final StructSbeDecoder decoder = new StructSbeDecoder();
    private int length;

    @Override
    public int encode(Struct s) {
        encoder.wrapAndApplyHeader(buffer, 0, headerOut)
                .type((short) s.type)
                .time(s.time)
                .subFlag((short) s.subFlag)
                .identifier(s.id)
                .sequence(s.sequence)
                .active((short) (s.active ? 1 : 0))
                .price(s.price)
                .ratio(s.ratio)
                .created(s.created)
                .expires(s.expires)
                .small(s.small)
                .negative(s.negative)
                .farNegative(s.farNegative)
                .hasAbsent((short) (s.absent == null ? 0 : 1))
                .deleted((short) (s.deleted ? 1 : 0));
        encodeGroups(s);
        encoder.sender(s.sender)
                .name(s.name)
                .title(s.title)
                .comment(s.comment)
                .absent(s.absent == null ? "" : s.absent);
        encoder.putKey(s.key, 0, s.key.length).putSignature(s.signature, 0, s.signature.length);
        length = headerOut.encodedLength() + encoder.encodedLength();
        return length;
    }

    private void encodeGroups(Struct s) {
        StructSbeEncoder.SamplesEncoder samples = encoder.samplesCount(s.samples.size());
        for (long sample : s.samples) {
            samples.next().value(sample);
        }
        StructSbeEncoder.TagsEncoder tags = encoder.tagsCount(s.tags.size());
        for (String tag : s.tags) {
            tags.next().value(tag);
        }
        StructSbeEncoder.CountersEncoder counters = encoder.countersCount(s.counters.size());
        for (Map.Entry<String, Long> counter : s.counters.entrySet()) {
            counters.next().value(counter.getValue()).name(counter.getKey());
        }
    }

    @Override
    public byte[] encoded() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public Struct decode(byte[] source) {
        input.wrap(source);
        decoder.wrapAndApplyHeader(input, 0, headerIn);
        Struct s = new Struct();
        s.type = decoder.type();
        s.time = decoder.time();
        s.subFlag = decoder.subFlag();
        s.id = decoder.identifier();
        s.sequence = (int) decoder.sequence();
        s.active = decoder.active() != 0;
        s.price = decoder.price();
        s.ratio = decoder.ratio();
        s.created = decoder.created();
        s.expires = decoder.expires();
        s.small = decoder.small();
        s.negative = decoder.negative();
        s.farNegative = decoder.farNegative();
        s.deleted = decoder.deleted() != 0;
        boolean hasAbsent = decoder.hasAbsent() != 0;
        decodeGroups(s);
        s.sender = decoder.sender();
        s.name = decoder.name();
        s.title = decoder.title();
        s.comment = decoder.comment();
        String absent = decoder.absent();
        s.absent = hasAbsent ? absent : null;
        s.key = new byte[decoder.keyLength()];
        decoder.getKey(s.key, 0, s.key.length);
        s.signature = new byte[decoder.signatureLength()];
        decoder.getSignature(s.signature, 0, s.signature.length);
        return s;
    }

    private void decodeGroups(Struct s) {
        List<Long> samples = new ArrayList<>();
        for (StructSbeDecoder.SamplesDecoder sample : decoder.samples()) {
            samples.add(sample.value());
        }
        s.samples = samples;
        List<String> tags = new ArrayList<>();
        for (StructSbeDecoder.TagsDecoder tag : decoder.tags()) {
            tags.add(tag.value());
        }
        s.tags = tags;
        Map<String, Long> counters = new LinkedHashMap<>();
        for (StructSbeDecoder.CountersDecoder counter : decoder.counters()) {
            long value = counter.value();
            counters.put(counter.name(), value);
        }
        s.counters = counters;
    }
}
