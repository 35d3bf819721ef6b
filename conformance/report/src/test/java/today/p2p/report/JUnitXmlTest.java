package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.report.SampleRun.absent;
import static today.p2p.report.SampleRun.crashed;
import static today.p2p.report.SampleRun.expectedToFail;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.skipped;
import static today.p2p.report.SampleRun.testee;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** JUnit XML, read back with an XML parser. */
class JUnitXmlTest {
    @Test
    void aFailureNamesTheCauseWhatWasExpectedAndWhatCame() throws Exception {
        Element failure = first(SampleRun.of(testee("one", failed("FRM-NEG-013", "MPK-10"))), "failure");

        assertThat(failure.getAttribute("type")).isEqualTo("ACCEPTED");
        assertThat(failure.getAttribute("message")).isEqualTo("accepted, but must be refused with TRAILING");
        assertThat(failure.getTextContent())
                .contains("expected {\"err\":\"TRAILING\"}")
                .contains("\"payload\"");
    }

    @Test
    void aCaseIsNamedByItsIdAndItsClassByTesteeAndArea() throws Exception {
        Element one = first(SampleRun.of(testee("p2p go!", passed("FRM-NEG-013", "MPK-10"))), "testcase");

        assertThat(one.getAttribute("name")).isEqualTo("FRM-NEG-013");
        assertThat(one.getAttribute("classname")).isEqualTo("p2p_go_.FRM");
    }

    @Test
    void whatTheBaselineExpectsToFailIsSkippedWithItsLine() throws Exception {
        Element skipped = first(SampleRun.of(testee("one", expectedToFail("FRM-NEG-013", "MPK-10"))), "skipped");

        assertThat(skipped.getAttribute("message")).isEqualTo("expected: cause=ACCEPTED until=2027-03-01");
    }

    @Test
    void whatIsNotOfferedIsSkippedWithTheReason() throws Exception {
        Element skipped = first(SampleRun.of(testee("one", skipped("CMP-DEC-001", "CMP-4"))), "skipped");

        assertThat(skipped.getAttribute("message")).isEqualTo("no lzma here");
    }

    @Test
    void theBytesOfACaseStandInItsOutput() throws Exception {
        Element out = first(SampleRun.of(testee("one", failed("FRM-NEG-013", "MPK-10"))), "system-out");

        assertThat(out.getTextContent())
                .contains(SampleRun.FRAME)
                .contains("error at 49")
                .contains("./p2p conform");
    }

    @Test
    void theCountsAreThoseOfTheElements() throws Exception {
        RunReport report = SampleRun.of(testee(
                "one",
                passed("FRM-NEG-001", "FRM-7"),
                failed("FRM-NEG-002", "FRM-7"),
                crashed("FRM-NEG-003", "FRM-7"),
                skipped("FRM-NEG-004", "FRM-7"),
                expectedToFail("FRM-NEG-005", "FRM-7")));

        Element suite = first(report, "testsuite");

        assertThat(suite.getAttribute("tests")).isEqualTo("5");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
    }

    @Test
    void aTesteeThatCouldNotBeStartedIsOneError() throws Exception {
        RunReport report = SampleRun.of(absent("gone"));

        assertThat(first(report, "error").getAttribute("message")).isEqualTo("cannot be started: no such file");
        assertThat(first(report, "testsuite").getAttribute("errors")).isEqualTo("1");
        assertThat(first(report, "testsuite").getAttribute("tests")).isEqualTo("1");
    }

    @Test
    void aRunWithoutTesteesIsAnEmptyDocument() throws Exception {
        assertThat(all(SampleRun.of(), "testsuite").getLength()).isZero();
    }

    @Test
    void everyCharacterOfUnicodeGivesXmlThatAParserReads() throws Exception {
        StringBuilder all = new StringBuilder("]]>&<\"'");
        for (int c = 0; c <= 0xffff; c++) {
            all.append((char) c);
        }

        for (int at = 0; at < all.length(); at += 400) {
            String part = all.substring(at, Math.min(all.length(), at + 400));
            assertThat(all(SampleRun.hostile(part), "testsuite").getLength()).isEqualTo(1);
        }
    }

    private static Element first(RunReport report, String name) throws Exception {
        return (Element) all(report, name).item(0);
    }

    private static NodeList all(RunReport report, String name) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Reports.junit(report))))
                .getElementsByTagName(name);
    }
}
