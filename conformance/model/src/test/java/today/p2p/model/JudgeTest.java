package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Mutant.Defects;
import today.p2p.vectors.Case;
import today.p2p.vectors.Level;
import today.p2p.vectors.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JudgeTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MESSAGE = "{'type':2,'sender':'a','time':0,'payload':[2,'hi']}";

    @Test
    void textIsNotBinaryAndTheFirstDifferingFieldIsNamed() { // MSG-9
        Judge.Verdict verdict = decode("{'ok':{'payload':[2,'hi']}}", "{'ok':{'payload':[2,{'$bin':'6869'}]}}");

        assertThat(verdict.kind()).isEqualTo(Judge.Kind.FAIL);
        assertThat(verdict.differsAt()).isEqualTo("$.payload[1]");
        assertThat(verdict.words()).isEqualTo("expected text \"hi\", got binary bin 6869");
    }

    @Test
    void anIntegerIsNotAFloat() { // MPK-3
        assertThat(decode("{'ok':{'payload':[1]}}", "{'ok':{'payload':[{'$f64':'3ff0000000000000'}]}}")
                        .kind())
                .isEqualTo(Judge.Kind.FAIL);
    }

    @Test
    void mapsAreEqualInAnyOrderAndInEitherNotation() { // MPK-9
        assertThat(decode("{'ok':{'payload':[{'a':1,'b':2}]}}", "{'ok':{'payload':[{'$map':[['b',2],['a',1]]}]}}")
                        .kind())
                .isEqualTo(Judge.Kind.PASS);
    }

    @Test
    void aMissingFieldIsADifferenceAndAFurtherOneIsNot() {
        assertThat(decode("{'ok':{'type':2,'id':'00'}}", "{'ok':{'type':2}}").differsAt())
                .isEqualTo("$.id");
        assertThat(decode("{'ok':{'type':2}}", "{'ok':{'type':2,'extra':{}}}").kind())
                .isEqualTo(Judge.Kind.PASS);
    }

    @Test
    void anotherCodeOrOffsetIsImpreciseAndNoRefusalFails() { // ERR-1, ERR-2
        assertThat(decode("{'err':'TRAILING'}", "{'err':'SHAPE'}").kind()).isEqualTo(Judge.Kind.IMPRECISE);
        assertThat(decode("{'err':'BODY','offset':3}", "{'err':'BODY','offset':4}")
                        .kind())
                .isEqualTo(Judge.Kind.IMPRECISE);
        assertThat(decode("{'err':'BODY','offset':3}", "{'err':'BODY'}").kind()).isEqualTo(Judge.Kind.PASS);
        assertThat(decode("{'err':'BODY'}", "{'ok':{}}").kind()).isEqualTo(Judge.Kind.FAIL);
    }

    @Test
    void internalIsNeverAnAnswer() { // ERR-3
        assertThat(decode("{'err':'BODY'}", "{'err':'INTERNAL'}").kind()).isEqualTo(Judge.Kind.FAIL);
    }

    @Test
    void aSkipAndAnUnknownOperationAreSkipped() {
        assertThat(decode("{'err':'BODY'}", "{'skip':'no lzma here'}").words()).isEqualTo("no lzma here");
        assertThat(decode("{'err':'BODY'}", "{'err':'NOOP'}").kind()).isEqualTo(Judge.Kind.SKIP);
        assertThat(decode("{'err':'BODY'}", "{}").kind()).isEqualTo(Judge.Kind.FAIL);
    }

    @Test
    void aReplyThatIsNotInTheNotationFails() {
        assertThat(decode("{'ok':{'payload':[1]}}", "{'ok':{'payload':[1.5]}}").kind())
                .isEqualTo(Judge.Kind.FAIL);
        assertThat(decode("{'ok':{'payload':[1]}}", "{'ok':{'payload':[{'$nope':1}]}}")
                        .kind())
                .isEqualTo(Judge.Kind.FAIL);
    }

    @Test
    void anEncodedMessageMayHaveAnyFormThatMeansTheSame() { // MPK-2
        String longForm = reply(Mutation.raw(Bytes.ofHex("dc0005cc02a16100d002a26869").array));

        assertThat(encode(longForm).kind()).isEqualTo(Judge.Kind.PASS);
    }

    @Test
    void anEncodedMessageThatMeansAnotherFails() {
        Judge.Verdict verdict = encode(reply(Mutation.raw(Bytes.ofHex("9502a1610102a26869").array)));

        assertThat(verdict.differsAt()).isEqualTo("$.time");
    }

    @Test
    void theIdMustBeThatOfTheReplysOwnFrame() { // FRM-4
        String frame = new Bytes(Mutation.raw(Bytes.ofHex("9502a1610002a26869").array)).hex();

        assertThat(encode("{'ok':{'frame':'" + frame + "','id':'00'}}").differsAt())
                .isEqualTo("$.id");
    }

    @Test
    void aFrameThatGrewByItsCodecFails() { // CMP-14
        byte[] plain = Bytes.ofHex(frame("9502a1610002a26869").substring(8)).array;
        byte[] frame = Mutation.header(new Codecs(Defects.NONE).compress(Codec.ZLIB, plain));

        assertThat(encode(reply(frame, Bytes.ofHex("9502a1610002a26869").array)).words())
                .contains("CMP-14");
    }

    @Test
    void aFrameThatMustGoRawAndIsCodedFails() { // CMP-12
        String message = MESSAGE.replace("'hi'", "'" + "h".repeat(500) + "'");
        String input = message.replace("}", ",'codec':19}");
        Answer coded = Model.standard().answer("frame.encode", json(input));

        assertThat(judge(
                                "frame.encode",
                                input,
                                "{'ok':" + message + "}",
                                coded.json().toString())
                        .kind())
                .isEqualTo(Judge.Kind.PASS);
        String raw = "{'ok':" + message.replace("}", ",'codec':null}") + "}";
        assertThat(judge("frame.encode", input, raw, coded.json().toString()).words())
                .contains("goes raw");
    }

    private static String frame(String bare) {
        return new Bytes(Mutation.raw(Bytes.ofHex(bare).array)).hex();
    }

    private static String reply(byte[] raw) {
        return reply(raw, java.util.Arrays.copyOfRange(raw, 36, raw.length));
    }

    private static String reply(byte[] frame, byte[] bare) {
        String id = new Bytes(Bytes.digest("SHA-256", bare)).hex();
        return "{'ok':{'frame':'" + new Bytes(frame).hex() + "','id':'" + id + "'}}";
    }

    private static Judge.Verdict decode(String expect, String reply) {
        return judge("frame.decode", "{}", expect, reply);
    }

    private static Judge.Verdict encode(String reply) {
        return judge("frame.encode", MESSAGE.replace("}", ",'codec':19}"), "{'ok':" + MESSAGE + "}", reply);
    }

    private static Judge.Verdict judge(String op, String input, String expect, String reply) {
        Result result = expect.contains("ok") ? Result.VALID : Result.INVALID;
        Case vector = new Case(
                "T-1", "T", List.of(), Level.MUST, op, json(input), result, json(expect), "", List.of(), "1.0", "here");
        return Judge.judge(vector, json(reply));
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
