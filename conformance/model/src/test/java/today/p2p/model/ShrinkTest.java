package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import today.p2p.model.Mutant.Defects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ShrinkTest {

    /** Somebody who has one defect: the frames on which he and the model part. */
    private static Predicate<byte[]> failsOn(Mutant mutant) {
        return frame -> {
            ObjectNode in = JsonNodeFactory.instance.objectNode().put("frame", new Bytes(frame).hex());
            in.putArray("codecs");
            Answer right = Model.standard().answer("frame.decode", in);
            Answer theirs = Model.with(mutant).answer("frame.decode", in);
            return Judge.judge("frame.decode", in, right, theirs.json()).kind() == Judge.Kind.FAIL;
        };
    }

    @Test
    void whatDoesNotMatterGoes() { // MPK-3: of all these items, the float is the one that fails
        Value map = new Value.Dictionary(List.of(new Value.Entry(new Value.Text("key"), Value.Float64.of(7))));
        byte[] frame =
                frame(new Value.Text("long text"), new Value.Array(List.of(Value.Int.of(1), map)), new Value.Nil());

        Shrink.Shrunk shrunk = Shrink.frame(frame, List.of(), failsOn(Mutant.FLOAT_AS_INTEGER));

        assertThat(bare(shrunk)).isEqualTo("9400a000cb0000000000000000");
    }

    @Test
    void theModelsVerdictStaysWhatItWas() { // MPK-10: dropping the array's items would make it SHAPE
        byte[] bare = Frames.concat(bytes(Value.Int.of(2), new Value.Text("sender"), Value.Int.of(99)), new byte[20]);

        Shrink.Shrunk shrunk = Shrink.frame(Mutation.raw(bare), List.of(), failsOn(Mutant.TRAILING_IGNORED));

        assertThat(bare(shrunk)).isEqualTo("9300a00000");
    }

    @Test
    void aFailureOfTheFrameShrinksToo() { // FRM-7
        byte[] frame = frame(new Value.Text("x".repeat(100)));
        frame[4] ^= 1;

        Shrink.Shrunk shrunk = Shrink.frame(frame, List.of(), failsOn(Mutant.CHECKSUM_IGNORED));

        assertThat(shrunk.frame().length).isLessThan(45);
        assertThat(failsOn(Mutant.CHECKSUM_IGNORED).test(shrunk.frame())).isTrue();
    }

    private static byte[] frame(Value... payload) {
        Value[] items = new Value[3 + payload.length];
        items[0] = Value.Int.of(2);
        items[1] = new Value.Text("sender");
        items[2] = new Value.Int(BigInteger.valueOf(1_500_000_000));
        System.arraycopy(payload, 0, items, 3, payload.length);
        return Mutation.raw(bytes(items));
    }

    private static byte[] bytes(Value... items) {
        Writer writer = new Writer(Defects.NONE);
        writer.write(new Value.Array(List.of(items)), 1);
        return writer.bytes();
    }

    private static String bare(Shrink.Shrunk shrunk) {
        return new Bytes(shrunk.frame()).hex().substring(72);
    }
}
