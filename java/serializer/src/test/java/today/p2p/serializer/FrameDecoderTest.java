package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.serializer.Samples.HEAD;
import static today.p2p.serializer.Samples.decode;
import static today.p2p.serializer.Samples.frame;
import static today.p2p.serializer.Samples.hex;
import static today.p2p.serializer.Samples.join;
import static today.p2p.serializer.Samples.repeat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;

/** Single frames: FRM, MSG and MPK, at each limit and one past it. */
class FrameDecoderTest {
    private static final Limits SMALL = Limits.DEFAULT.toBuilder().maxFrame(100).build();

    @Test
    void aLengthAtTheLimitIsReadAndOneAboveItRefused() { // FRM-5
        byte[] atLimit = Samples.frameOf(100 - 32 - 7);
        byte[] above = Samples.frameOf(100 - 32 - 6);
        FrameDecoder decoder = new FrameDecoder(SMALL, List.of());

        assertThat(atLimit).hasSize(104);
        assertThat(decoder.decode(atLimit, 0, atLimit.length)).isInstanceOf(Decoded.Complete.class);
        assertRefused(decoder.decode(above, 0, above.length), ErrorCode.LIMIT, 0);
    }

    @Test
    void theLimitOfALengthIsCheckedBeforeItsBodyIsThere() { // FRM-5, FRM-13
        assertRefused(decode(hex("01000001")), ErrorCode.LIMIT, 0);
        assertRefused(decode(hex("01000000")), ErrorCode.LENGTH, 0);
        assertRefused(decode(hex("ffffffff")), ErrorCode.LIMIT, 0);
    }

    @Test
    void aBodyWithoutRoomForTheChecksumIsShort() { // FRM-6
        assertRefused(decode(hex("0000001f")), ErrorCode.SHORT, 0);
        assertRefused(decode(hex("00000020")), ErrorCode.LENGTH, 0);
    }

    @Test
    void oneByteTooFewOrTooManyIsALengthError() { // FRM-8
        byte[] frame = frame("94" + HEAD + "02");

        assertThat(decode(frame)).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(Arrays.copyOf(frame, frame.length - 1)), ErrorCode.LENGTH, 0);
        assertRefused(decode(Arrays.copyOf(frame, frame.length + 1)), ErrorCode.LENGTH, 0);
        assertRefused(decode(new byte[3]), ErrorCode.LENGTH, 0);
    }

    @Test
    void oneBitMoreOrLessIsAChecksumError() { // FRM-7
        byte[] frame = frame("94" + HEAD + "02");
        for (int at = 4; at < frame.length; at++) {
            byte[] changed = frame.clone();
            changed[at] ^= 1;
            assertRefused(decode(changed), ErrorCode.CHECKSUM, 0);
        }
    }

    @Test
    void aMessageKeepsItsBytesAndItsIdIsTheirHash() { // FRM-4, FRM-10
        // The time is in a longer form than needed, which a relay must not shorten.
        byte[] bare = hex("94 02 a161 cf0000000000000001 02");

        Frame frame = ((Decoded.Complete) decode(frame(bare))).frame();

        assertThat(frame.bare()).isEqualTo(Bytes.of(bare));
        assertThat(frame.id()).isEqualTo(Bytes.of(bare).sha256());
        assertThat(frame.packed().frameFor(null)).isEqualTo(Bytes.of(frame(bare)));
        assertThat(frame.message()).isEqualTo(new Message(2, Value.of("a"), 1, List.of(Value.of(2))));
        assertThat(frame.codec()).isEmpty();
    }

    @Test
    void sixtyFourLevelsAreReadAndSixtyFiveAreNot() { // MPK-7: the message array is level 1
        byte[] deepest = join(hex("94" + HEAD), repeat("91", 62), hex("90"));
        byte[] deeper = join(hex("94" + HEAD), repeat("91", 63), hex("90"));
        byte[] deeperMap = join(hex("94" + HEAD), repeat("91", 63), hex("80"));

        assertThat(decode(frame(deepest))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame(deeper)), ErrorCode.LIMIT, 9 + 63);
        assertRefused(decode(frame(deeperMap)), ErrorCode.LIMIT, 9 + 63);
    }

    @Test
    void itemsAreCountedOverAllArraysAndMapsOfAMessage() { // MPK-16: 262 144, the four of the message array included
        byte[] most = join(hex("94" + HEAD + "dd0003fffc"), repeat("c0", 262_140));
        byte[] more = join(hex("94" + HEAD + "dd0003fffd"), repeat("c0", 262_141));
        byte[] inSmallMaps = join(hex("94" + HEAD + "dd00015554"), repeat("81c0c0", 87_380));
        byte[] lastMap = join(hex("95" + HEAD + "dd00015554"), repeat("81c0c0", 87_380), hex("c0"));
        byte[] inSmallArrays = join(hex("95" + HEAD + "dd00010000"), repeat("93c0c0c0", 65_536), hex("c0"));

        assertThat(decode(frame(most))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame(more)), ErrorCode.LIMIT, 9);
        assertThat(decode(frame(inSmallMaps))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame(lastMap)), ErrorCode.LIMIT, lastMap.length - 1 - 3);
        // 5 + 65 536 + 3 for each: the last but one fits, with two to spare.
        assertRefused(decode(frame(inSmallArrays)), ErrorCode.LIMIT, 14 + 4 * ((262_144 - 5 - 65_536) / 3));
    }

    @Test
    void aMillionLevelsNeedNoStack() { // MPK-7, ERR-3
        assertRefused(decode(frame(join(hex("94" + HEAD), repeat("91", 1_000_000)))), ErrorCode.LIMIT, 9 + 63);
    }

    @Test
    void emptyContainersBesideDeepOnesAreTooDeepAsWell() { // MPK-7, where eight items are looked at together
        byte[] row = join(hex("94" + HEAD), repeat("91", 62), hex("9a"), repeat("c0", 9), hex("90"));

        assertRefused(decode(frame(row)), ErrorCode.LIMIT, 9 + 62 + 1 + 9);
    }

    @Test
    void aCountMayBeTheBytesLeftAndNoMore() { // MPK-6
        assertThat(decode(frame("94" + HEAD + "dc0002 c0c0"))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame("94" + HEAD + "dc0003 c0c0")), ErrorCode.BODY, 9);
        assertThat(decode(frame("94" + HEAD + "de0001 c0c0"))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame("94" + HEAD + "de0002 01c002")), ErrorCode.BODY, 9);
        assertRefused(decode(frame("94" + HEAD + "dfffffffff")), ErrorCode.BODY, 9);
        assertRefused(decode(frame("94" + HEAD + "df80000001 c0c0")), ErrorCode.BODY, 9);
    }

    @Test
    void aLengthMayBeTheBytesLeftAndNoMore() { // MPK-6
        assertThat(decode(frame("94" + HEAD + "c402 0000"))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame("94" + HEAD + "c403 0000")), ErrorCode.BODY, 9);
        assertRefused(decode(frame("94" + HEAD + "dbffffffff")), ErrorCode.BODY, 9);
        assertRefused(decode(frame("94" + HEAD + "c9ffffffff 01")), ErrorCode.BODY, 9);
        assertThat(decode(frame("94" + HEAD + "c702 01 0000"))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame("94" + HEAD + "c702 01 00")), ErrorCode.BODY, 9);
    }

    @Test
    void whatIsCutOffIsRefusedWhereItBegins() { // MPK-5
        assertRefused(decode(frame("95" + HEAD + "02")), ErrorCode.BODY, 10);
        assertRefused(decode(frame("95" + HEAD + "02 cd01")), ErrorCode.BODY, 10);
        assertRefused(decode(frame("95" + HEAD + "02 db0000")), ErrorCode.BODY, 10);
        assertRefused(decode(frame("95" + HEAD + "02 c1")), ErrorCode.BODY, 10);
        assertRefused(decode(frame("")), ErrorCode.BODY, 0);
    }

    @Test
    void errorsOfShapeComeInTheOrderOfTheFields() { // MSG-1 to MSG-6, FRM-13
        assertRefused(decode(frame("80")), ErrorCode.SHAPE, 0);
        assertRefused(decode(frame("92 02 a161")), ErrorCode.SHAPE, 0);
        assertRefused(decode(frame("93 ca00000000 07 c0")), ErrorCode.SHAPE, 1);
        assertRefused(decode(frame("93 cd0100 07 c0")), ErrorCode.OPCODE, 1);
        assertRefused(decode(frame("93 ff 07 c0")), ErrorCode.OPCODE, 1);
        assertRefused(decode(frame("93 02 07 c0")), ErrorCode.SHAPE, 2);
        assertRefused(decode(frame("93 02 a0 c0")), ErrorCode.SHAPE, 3);
        assertRefused(decode(frame("93 02 a0 ff")), ErrorCode.RANGE, 3);
        assertRefused(decode(frame("93 02 a0 cf8000000000000000")), ErrorCode.RANGE, 3);
        assertThat(decode(frame("93 02 c400 cf7fffffffffffffff"))).isInstanceOf(Decoded.Complete.class);
        assertRefused(decode(frame("93 02 a0 00 00")), ErrorCode.TRAILING, 4);
    }

    @Test
    void aDecoderIsAsGoodAfterAMalformedFrameAsBefore() {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        byte[] bad = frame("94" + HEAD + "82 01c0 01c0");
        byte[] good = frame("94" + HEAD + "82 01c0 02c0");

        for (int round = 0; round < 3; round++) {
            assertRefused(decoder.decode(bad, 0, bad.length), ErrorCode.BODY, 12);
            assertThat(decoder.decode(good, 0, good.length)).isInstanceOf(Decoded.Complete.class);
        }
    }

    static void assertRefused(Decoded decoded, ErrorCode code, int offset) {
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        Malformed malformed = ((Decoded.Refused) decoded).malformed();
        assertThat(malformed.code() + "@" + malformed.offset()).isEqualTo(code + "@" + offset);
    }
}
