package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** Our msgpack against msgpack-core, which has other authors (MPK-1, MPK-12, MPK-13). */
class DifferentialTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatTheOtherLibraryPacksIsWhatWeWrite(long seed) { // MPK-12, MPK-13
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            Message message = Samples.message(random);

            Bytes ours = PackedMessage.of(message, Limits.DEFAULT).bare();

            assertThat(ours).as("seed %d, round %d", seed, round).isEqualTo(Bytes.of(packed(message)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatWeReadIsWhatTheOtherLibraryReads(long seed) { // MPK-1 to MPK-4
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            byte[] bare = packed(Samples.message(random));

            Decoded ours = Samples.decode(Samples.frame(bare));

            Message message = ((Decoded.Complete) ours).frame().message();
            assertThat(OtherReader.item(bare))
                    .as("seed %d, round %d", seed, round)
                    .contains(asArray(message));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void bytesThatWereChangedAreReadOrRefusedByBothLibraries(long seed) { // MPK-5 to MPK-8, MPK-10
        SplittableRandom random = new SplittableRandom(seed);
        byte[] original = {};
        for (int round = 0; round < 2000; round++) {
            // Making a message costs much more than reading a changed one.
            original = round % 20 == 0 ? smallMessage(random) : original;
            byte[] bare = changed(original, random);

            Decoded ours = Samples.decode(Samples.frame(bare));

            if (isRefusedFor(ours, ErrorCode.BODY, ErrorCode.TEXT, ErrorCode.TRAILING)) {
                assertThat(OtherReader.item(bare))
                        .as("seed %d, round %d", seed, round)
                        .isEmpty();
            } else if (ours instanceof Decoded.Complete complete) {
                assertThat(OtherReader.item(bare))
                        .as("seed %d, round %d", seed, round)
                        .contains(asArray(complete.frame().message()));
            } else {
                // Well-formed, but no message.
                assertThat(isRefusedFor(ours, ErrorCode.SHAPE, ErrorCode.OPCODE, ErrorCode.RANGE))
                        .isTrue();
                assertThat(OtherReader.item(bare))
                        .as("seed %d, round %d", seed, round)
                        .isPresent();
            }
        }
    }

    private static boolean isRefusedFor(Decoded decoded, ErrorCode... codes) {
        return decoded instanceof Decoded.Refused refused
                && Arrays.asList(codes).contains(refused.malformed().code());
    }

    private static byte[] smallMessage(SplittableRandom random) {
        byte[] bare;
        do {
            bare = packed(Samples.message(random));
        } while (bare.length > 400);
        return bare;
    }

    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        byte[] changed =
                random.nextInt(10) > 0 ? bytes.clone() : Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
        for (int left = random.nextInt(4); left > 0 && changed.length > 0; left--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** As msgpack-core writes it. */
    private static byte[] packed(Message message) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(asArray(message), packer);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Value asArray(Message message) {
        List<Value> items = new ArrayList<>();
        items.add(Value.of(message.type()));
        items.add(message.sender());
        items.add(Value.of(message.time()));
        items.addAll(message.payload());
        return Value.of(items);
    }

    private static void pack(Value value, MessageBufferPacker packer) throws IOException {
        switch (value.kind()) {
            case NIL -> packer.packNil();
            case BOOL -> packer.packBoolean(((Value.Bool) value).value());
            case INT -> packer.packBigInteger(((Value.Int) value).bigValue());
            case FLOAT -> packer.packDouble(((Value.Float) value).value());
            case TEXT -> {
                byte[] utf8 = ((Value.Text) value).bytes().toArray();
                packer.packRawStringHeader(utf8.length).writePayload(utf8);
            }
            case BINARY -> {
                byte[] bytes = ((Value.Binary) value).bytes().toArray();
                packer.packBinaryHeader(bytes.length).writePayload(bytes);
            }
            case ARRAY -> {
                List<Value> items = ((Value.Array) value).items();
                packer.packArrayHeader(items.size());
                for (Value item : items) {
                    pack(item, packer);
                }
            }
            case MAP -> {
                List<Value.Entry> entries = ((Value.Map) value).entries();
                packer.packMapHeader(entries.size());
                for (Value.Entry entry : entries) {
                    pack(entry.key(), packer);
                    pack(entry.value(), packer);
                }
            }
            case EXT -> {
                Value.Ext ext = (Value.Ext) value;
                packer.packExtensionTypeHeader((byte) ext.type(), ext.bytes().length());
                packer.writePayload(ext.bytes().toArray());
            }
        }
    }
}
