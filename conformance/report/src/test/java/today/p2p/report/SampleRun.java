package today.p2p.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up runs: small ones to read, and large or hostile ones to survive. */
final class SampleRun {
    /** The worked example of the specification, its length raised by one and a byte put after the message. */
    static final String FRAME =
            "0000002e18da6d8cd9db26a7040830ead6cd54c5a8005964bb549fc97a59fe098925121d" + "9502a161ce59682f0002a2686900";

    private static final List<CaseReport.Range> PARTS = List.of(
            new CaseReport.Range(0, 4, 0, "length", "46"),
            new CaseReport.Range(4, 36, 0, "checksum", "18da6d8cd9db26a7…"),
            new CaseReport.Range(36, 49, 0, "message", "5 items"),
            new CaseReport.Range(36, 37, 1, "array header", "5"),
            new CaseReport.Range(37, 38, 1, "type", "2 (whisper)"),
            new CaseReport.Range(38, 40, 1, "sender", "\"a\""),
            new CaseReport.Range(40, 45, 1, "time", "1500000000"),
            new CaseReport.Range(45, 46, 1, "payload[0]", "2 (whisper)"),
            new CaseReport.Range(46, 49, 1, "payload[1]", "\"hi\""),
            new CaseReport.Range(49, 50, 0, "trailing", "1 byte after the message"));

    private SampleRun() {}

    static RunReport of(TesteeReport... testees) {
        return of(
                List.of(
                        clause(
                                "FRM-7",
                                "A receiver refuses a message whose checksum is not the SHA-256 of its bare message."),
                        clause("MPK-10", "A decoder refuses bytes after the first msgpack item of a bare message."),
                        clause("MPK-4", "A decoder keeps all integers from `-2^63` to *2^64-1* exactly.")),
                testees);
    }

    static RunReport of(List<RunReport.Clause> clauses, TesteeReport... testees) {
        return new RunReport(
                new RunReport.Suite("1.0.0", "0.7", 412, Map.of("frame_decode.json", "ab".repeat(32)), "built in"),
                new RunReport.Run(
                        Instant.parse("2026-11-21T10:00:00Z"),
                        Duration.ofMillis(4321),
                        List.of("conform", "--testee", "python3 testee.py"),
                        new RunReport.Settings(Long.MAX_VALUE, false, "", null),
                        1,
                        new RunReport.Environment("0.1.0", "Linux 6.1 amd64", "17.0.15 Debian", 2)),
                new RunReport.SelfCheck(
                        true,
                        Duration.ofMillis(900),
                        List.of(
                                new RunReport.Probe("good", "all green", "all green"),
                                new RunReport.Probe("hangs", "TIMEOUT", "TIMEOUT"))),
                clauses,
                new RunReport.Names(
                        Map.of(
                                "TRAILING", "Bytes follow the msgpack item of a bare message",
                                "SHAPE", "The bare message is well-formed but is not a message"),
                        Map.of(34, "zstd", 33, "lz4", 32, "snappy", 17, "gzip", 19, "zlib", 16, "bz2", 18, "lzma")),
                List.of(
                        new RunReport.MutantRow(
                                "M-TRAILING",
                                "bytes after the message are ignored",
                                List.of("MPK-10"),
                                List.of("FRM-NEG-013")),
                        new RunReport.MutantRow("M-LAZY", "nothing is checked", List.of("FRM-7"), List.of())),
                List.of(testees));
    }

    static TesteeReport testee(String label, CaseReport... cases) {
        return new TesteeReport(
                new TesteeReport.Info(label, "python3 testee.py", hello(label), List.of("--env", "A=b c")),
                List.of(cases),
                0,
                null,
                List.of(),
                Duration.ofMillis(1234));
    }

    static TesteeReport.Hello hello(String name) {
        return new TesteeReport.Hello(
                name,
                "0.1.0",
                "python",
                List.of("frame.decode", "frame.encode"),
                List.of(19, 17, 16, 18),
                new TesteeReport.Abilities(List.of("mesh"), List.of("UNIVERSAL")));
    }

    /** A testee that could not even be started. */
    static TesteeReport absent(String label) {
        return new TesteeReport(
                new TesteeReport.Info(label, "./no-such-program", null, List.of()),
                List.of(),
                0,
                "cannot be started: no such file",
                List.of(),
                Duration.ZERO);
    }

    static CaseReport passed(String id, String... clauses) {
        return one(id, Verdict.PASS, "", "", "{\"id\":7,\"err\":\"TRAILING\"}", OutcomeKind.ERR, clauses);
    }

    static CaseReport failed(String id, String... clauses) {
        return one(
                id,
                Verdict.FAIL,
                "ACCEPTED",
                "accepted, but must be refused with TRAILING",
                "{\"id\":7,\"ok\":{\"type\":2,\"sender\":\"a\",\"time\":1500000000,\"payload\":[2,\"hi\"]}}",
                OutcomeKind.OK,
                clauses);
    }

    static CaseReport crashed(String id, String... clauses) {
        return one(id, Verdict.FAIL, "CRASH", "the process ended with signal 11", null, OutcomeKind.CRASH, clauses);
    }

    static CaseReport imprecise(String id, String... clauses) {
        CaseReport plain = one(
                id,
                Verdict.PASS,
                "",
                "refused as it must be, but with SHAPE instead of TRAILING",
                "{\"id\":7,\"err\":\"SHAPE\"}",
                OutcomeKind.ERR,
                clauses);
        CaseReport.Finding finding =
                new CaseReport.Finding("SHAPE", plain.finding().text(), "err", "\"TRAILING\"", "\"SHAPE\"", true);
        return new CaseReport(plain.info(), Verdict.PASS, finding, plain.exchange(), plain.bytes(), null);
    }

    static CaseReport expectedToFail(String id, String... clauses) {
        CaseReport plain = failed(id, clauses);
        return new CaseReport(
                plain.info(),
                Verdict.XFAIL,
                plain.finding(),
                plain.exchange(),
                plain.bytes(),
                "cause=ACCEPTED until=2027-03-01");
    }

    static CaseReport skipped(String id, String... clauses) {
        return one(
                id,
                Verdict.SKIP,
                "",
                "no lzma here",
                "{\"id\":7,\"skip\":\"no lzma here\"}",
                OutcomeKind.SKIP,
                clauses);
    }

    private static CaseReport one(
            String id,
            Verdict verdict,
            String cause,
            String text,
            @org.jspecify.annotations.Nullable String reply,
            OutcomeKind kind,
            String... clauses) {
        String stderr = kind == OutcomeKind.CRASH ? "Traceback (most recent call last):\n  Segmentation fault\n" : "";
        return new CaseReport(
                info(id, clauses),
                verdict,
                new CaseReport.Finding(cause, text, null, null, null, false),
                new CaseReport.Exchange("{\"id\":7}", reply, kind, "", stderr, Duration.ofMillis(3)),
                List.of(new CaseReport.HexView("in.frame", FRAME, 50, PARTS, 49)),
                null);
    }

    static CaseReport.Info info(String id, String... clauses) {
        return new CaseReport.Info(
                id,
                List.of(clauses),
                "MUST",
                new CaseReport.Call("frame.decode", "{\"frame\":\"" + FRAME + "\",\"codecs\":[]}"),
                new CaseReport.Expected("invalid", "{\"err\":\"TRAILING\"}"),
                new CaseReport.Note(
                        "a valid body, then one byte more inside the frame",
                        List.of("Leniency"),
                        "1.0.0",
                        "frame_decode.json"));
    }

    static RunReport.Clause clause(String id, String text) {
        return new RunReport.Clause(id, "MUST", text, "3 Messages and the msgpack profile", "03-message.md", List.of());
    }

    /** The same text in every place where a program under test, or the suite, can put one. */
    static RunReport hostile(String text) {
        CaseReport.Info info = new CaseReport.Info(
                "FRM-NEG-001",
                List.of("FRM-7"),
                "MUST",
                new CaseReport.Call("frame.decode", text),
                new CaseReport.Expected("invalid", text),
                new CaseReport.Note(text, List.of(text), text, text));
        List<CaseReport> cases = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            cases.add(new CaseReport(
                    info,
                    verdict,
                    new CaseReport.Finding(text, text, text, text, text, verdict == Verdict.PASS),
                    new CaseReport.Exchange(text, text, OutcomeKind.PROTOCOL, text, text, Duration.ZERO),
                    List.of(new CaseReport.HexView(
                            text, "00", 1, List.of(new CaseReport.Range(0, 1, 0, text, text)), 0)),
                    text));
        }
        TesteeReport.Hello hello = new TesteeReport.Hello(
                text, text, text, List.of(text), List.of(19), new TesteeReport.Abilities(List.of(text), List.of(text)));
        return of(new TesteeReport(
                new TesteeReport.Info(text, text, hello, List.of(text)), cases, 1, text, List.of(text), Duration.ZERO));
    }

    /** The same case with a checksum of its own, so that no two cases have the same bytes. */
    private static CaseReport distinct(CaseReport one) {
        byte[] random = new byte[32];
        new Random(one.id().hashCode()).nextBytes(random);
        String frame = FRAME.substring(0, 8) + HexFormat.of().formatHex(random) + FRAME.substring(72);
        CaseReport.Info info = one.info();
        CaseReport.Call call = new CaseReport.Call("frame.decode", "{\"frame\":\"" + frame + "\",\"codecs\":[]}");
        return new CaseReport(
                new CaseReport.Info(info.id(), info.requirements(), info.level(), call, info.expected(), info.note()),
                one.verdict(),
                one.finding(),
                one.exchange(),
                List.of(new CaseReport.HexView("in.frame", frame, 50, PARTS, 49)),
                null);
    }

    /** As large as a run gets: 600 cases and 4 testees. */
    static RunReport large() {
        return of(IntStream.range(0, 4)
                .mapToObj(t -> testee(
                        "testee " + t,
                        IntStream.range(0, 600)
                                .mapToObj(n -> distinct(
                                        (n + t) % 97 == 0
                                                ? failed("FRM-DEC-%03d".formatted(n), "FRM-7")
                                                : passed("FRM-DEC-%03d".formatted(n), "MPK-10")))
                                .toArray(CaseReport[]::new)))
                .toArray(TesteeReport[]::new));
    }
}
