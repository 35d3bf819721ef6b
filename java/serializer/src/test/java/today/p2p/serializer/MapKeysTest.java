package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.serializer.FrameDecoderTest.assertRefused;
import static today.p2p.serializer.Samples.HEAD;
import static today.p2p.serializer.Samples.decode;
import static today.p2p.serializer.Samples.frame;
import static today.p2p.serializer.Samples.hex;
import static today.p2p.serializer.Samples.join;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;

/** MPK-9: no map has one key twice, whatever the forms. */
class MapKeysTest {

    @ParameterizedTest
    @CsvSource({
        "01, cc01",
        "01, cf0000000000000001",
        "01, d001",
        "ff, d3ffffffffffffffff",
        "cfffffffffffffffff, cfffffffffffffffff",
        "a161, d90161",
        "a161, db0000000161",
        "c40161, c60000000161",
        "ca3f800000, cb3ff0000000000000",
        "d40561, c70105 61",
        "c0, c0",
        "c2, c2",
        "90, dc0000",
        "9101, dd00000001 cc01",
        "8101c0, de0001 cc01 c0",
        "82 01c0 02c3, 82 02c3 01c0",
        "91 82 01c0 02c3, 91 82 02c3 01c0",
        "cb7ff8000000000001, cb7ff8000000000001"
    })
    void theSameValueInTwoFormsIsOneKey(String one, String other) {
        byte[] bare = join(hex("94" + HEAD + "82"), hex(one), hex("c0"), hex(other), hex("c0"));

        assertRefused(decode(frame(bare)), ErrorCode.BODY, 9 + 1 + hex(one).length + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "01, ca3f800000",
        "00, cb0000000000000000",
        "cb0000000000000000, cb8000000000000000",
        "a161, c40161",
        "a161, c7010061",
        "d40561, d40661",
        "c0, c2",
        "c2, c3",
        "ff, cfffffffffffffffff",
        "d38000000000000000, cf8000000000000000",
        "90, 80",
        "9101, 9201 02",
        "92 01 02, 92 02 01",
        "82 01c0 02c3, 82 01c3 02c0",
        "8101 02, 92 01 02",
        "a0, c400"
    })
    void differentValuesAreDifferentKeys(String one, String other) {
        byte[] bare = join(hex("94" + HEAD + "82"), hex(one), hex("c0"), hex(other), hex("c0"));

        assertThat(decode(frame(bare))).isInstanceOf(Decoded.Complete.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 10, 16, 100, 5000})
    void theLastKeyOfAMapIsComparedWithEachEarlierOne(int entries) {
        for (int repeated : new int[] {0, (entries - 1) / 2, entries - 2}) {
            byte[] map = mapOfTexts(entries, repeated);
            int lastKey = map.length - 6 - 1;

            assertRefused(decode(frame(join(hex("94" + HEAD), map))), ErrorCode.BODY, 9 + lastKey);
        }
        assertThat(decode(frame(join(hex("94" + HEAD), mapOfTexts(entries, -1)))))
                .isInstanceOf(Decoded.Complete.class);
    }

    @Test
    void manyContainersAsKeysAreCompared() {
        Value[] keys = new Value[3000];
        Value.Entry[] entries = new Value.Entry[keys.length];
        for (int key = 0; key < keys.length; key++) {
            keys[key] = Value.array(Value.map(new Value.Entry(Value.of(key), Value.of("x" + key % 10))), Value.of(1));
            entries[key] = new Value.Entry(keys[key], Value.nil());
        }
        assertThat(PackedMessage.of(message(Value.map(entries)), Limits.DEFAULT))
                .isNotNull();

        entries[2999] = new Value.Entry(keys[17], Value.nil());
        assertThat(refusal(message(Value.map(entries)))).isEqualTo(ErrorCode.BODY);
    }

    @Test
    void aKeyIsFoundInsideKeysOfKeys() {
        // {{{1: nil, 1: nil}: nil, 2: nil}: nil, 3: nil}
        assertRefused(decode(frame("94" + HEAD + "82 82 82 01c0 01c0 c0 02c0 c0 03c0")), ErrorCode.BODY, 9 + 5);
    }

    @Test
    void theFirstRepeatedKeyIsReportedAndNotAnErrorBehindIt() { // FRM-13
        assertRefused(decode(frame("95" + HEAD + "82 01c0 01c0 c1")), ErrorCode.BODY, 12);
        assertRefused(decode(frame("95" + HEAD + "83 01c0 01c0 c100")), ErrorCode.BODY, 12);
        assertRefused(decode(frame("95" + HEAD + "82 01c0 01c0")), ErrorCode.BODY, 12);
        assertRefused(decode(frame("94" + HEAD + "82 01c0 01c0 00")), ErrorCode.BODY, 12);
        assertRefused(decode(frame("94" + HEAD + "82 01c1 01c0")), ErrorCode.BODY, 11);
        assertRefused(decode(frame("94" + HEAD + "82 01 82 03c0 03c0 01c1")), ErrorCode.BODY, 14);
        // The key is not complete: what is wrong with it comes first.
        assertRefused(decode(frame("94" + HEAD + "82 9101 c0 92 01a2c328 c0")), ErrorCode.TEXT, 15);
    }

    @Test
    void keysOfAMapThatClaimsMoreEntriesThanItHasAreStillCompared() { // MPK-6, FRM-13
        byte[] map = mapOfTexts(40, 3);
        byte[] lying = map.clone();
        lying[2] = 60;
        byte[] bare = join(hex("95" + HEAD), lying, hex("00".repeat(30) + "c1"));

        assertRefused(decode(frame(bare)), ErrorCode.BODY, 9 + map.length - 7);
    }

    /** map 16 of texts of five digits; the last repeats that with the index {@code repeated}, unless negative. */
    private static byte[] mapOfTexts(int entries, int repeated) {
        byte[] map = new byte[3 + entries * 7];
        map[0] = (byte) 0xde;
        map[1] = (byte) (entries >>> 8);
        map[2] = (byte) entries;
        for (int entry = 0; entry < entries; entry++) {
            int number = entry == entries - 1 && repeated >= 0 ? repeated : entry;
            byte[] key = Bytes.ofUtf8(String.valueOf(10000 + number)).toArray();
            map[3 + entry * 7] = (byte) 0xa5;
            System.arraycopy(key, 0, map, 4 + entry * 7, 5);
            map[9 + entry * 7] = (byte) 0xc0;
        }
        return map;
    }

    private static Message message(Value value) {
        return new Message(2, Value.of("a"), 1, List.of(value));
    }

    private static ErrorCode refusal(Message message) {
        try {
            PackedMessage.of(message, Limits.DEFAULT);
        } catch (NotEncodableException refused) {
            return refused.code();
        }
        throw new AssertionError("not refused");
    }
}
