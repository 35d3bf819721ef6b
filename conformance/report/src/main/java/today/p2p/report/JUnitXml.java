package today.p2p.report;

import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as JUnit XML: one suite a testee, one class an area, one test case a case, named by its id. What the baseline
 * expects to fail and what was not offered are skipped, with the reason.
 */
final class JUnitXml {
    private static final int MOST = 4000;
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_-]+");
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitXml(xml).write(report);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private void write(RunReport report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        newLine();
        xml.writeStartElement("testsuites");
        attribute("name", "p2p-conform");
        attribute("time", seconds(report.run().elapsed()));
        for (TesteeReport testee : report.testees()) {
            suite(testee, report);
        }
        newLine();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(TesteeReport testee, RunReport report) throws XMLStreamException {
        newLine();
        xml.writeStartElement("testsuite");
        attribute("name", Page.name(testee));
        counts(testee);
        attribute("time", seconds(testee.elapsed()));
        attribute("timestamp", report.run().started().toString());
        xml.writeStartElement("properties");
        property("seed", Long.toString(report.run().settings().seed()));
        property("suite", report.suite().version());
        property("command", testee.info().command());
        xml.writeEndElement();
        if (testee.trouble() != null) {
            trouble(testee, testee.trouble());
        }
        for (CaseReport one : testee.cases()) {
            testCase(testee, one);
        }
        newLine();
        xml.writeEndElement();
    }

    private void counts(TesteeReport testee) throws XMLStreamException {
        Tally tally = Tally.of(testee.cases());
        int extra = testee.trouble() == null ? 0 : 1;
        int errors = tally.of(Mark.INFRA) + tally.of(Mark.NOTRUN);
        int skipped = tally.of(Mark.SKIP) + tally.of(Mark.XFAIL) + tally.of(Mark.INFO) + tally.of(Mark.NEW);
        attribute("tests", Integer.toString(tally.total() + extra));
        attribute("failures", Integer.toString(tally.bad() - errors));
        attribute("errors", Integer.toString(errors + extra));
        attribute("skipped", Integer.toString(skipped));
    }

    /** A testee that never answered has no case to hang the reason on. */
    private void trouble(TesteeReport testee, String reason) throws XMLStreamException {
        open(testee, "testee", "starts and answers hello", Duration.ZERO);
        problem("error", "INFRA", reason, reason);
        xml.writeEndElement();
    }

    private void testCase(TesteeReport testee, CaseReport one) throws XMLStreamException {
        open(testee, one.info().area(), one.id(), one.exchange().elapsed());
        String text = one.finding().text();
        switch (Mark.of(one)) {
            case FAIL, FLAKY, XPASS -> problem("failure", one.finding().cause(), text, explain(one));
            case INFRA, NOTRUN -> problem("error", one.finding().cause(), text, explain(one));
            case XFAIL -> skipped("expected: " + (one.baseline() == null ? text : one.baseline()));
            case SKIP, INFO, NEW -> skipped(text);
            case PASS, IMPRECISE -> {}
        }
        output("system-out", said(testee, one));
        if (!one.exchange().stderr().isEmpty()) {
            output("system-err", one.exchange().stderr());
        }
        xml.writeEndElement();
    }

    private static String explain(CaseReport one) {
        CaseReport.Finding finding = one.finding();
        StringBuilder text = new StringBuilder(Shown.text(finding.text(), MOST));
        if (finding.path() != null) {
            text.append("\nat       ").append(Shown.text(finding.path(), MOST));
        }
        text.append("\nexpected ")
                .append(Shown.text(or(finding.expected(), one.info().expected().json()), MOST));
        text.append("\ngot      ")
                .append(Shown.text(or(finding.got(), or(one.exchange().reply(), "nothing")), MOST));
        return text.toString();
    }

    private static String said(TesteeReport testee, CaseReport one) {
        StringBuilder text = new StringBuilder(one.info().note().comment());
        text.append("\nclauses ").append(String.join(" ", one.info().requirements()));
        text.append("\nrepeat  ").append(testee.repeat(one));
        for (CaseReport.HexView view : one.bytes()) {
            text.append('\n')
                    .append(view.title())
                    .append(" (")
                    .append(view.total())
                    .append(" bytes");
            text.append(view.errorAt() < 0 ? ")" : ", error at " + view.errorAt() + ")");
            text.append('\n').append(Shown.cut(view.hex(), MOST));
        }
        if (one.imprecise()) {
            text.append("\nimprecise: ").append(one.finding().text());
        }
        return text.toString();
    }

    private void open(TesteeReport testee, String area, String name, Duration time) throws XMLStreamException {
        newLine();
        xml.writeStartElement("testcase");
        attribute("classname", UNFIT.matcher(Page.name(testee)).replaceAll("_") + "." + area);
        attribute("name", name);
        attribute("time", seconds(time));
    }

    private void problem(String element, String type, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("type", type);
        attribute("message", Shown.line(message, 500));
        xml.writeCharacters(Shown.text(text, 4 * MOST));
        xml.writeEndElement();
    }

    private void skipped(String message) throws XMLStreamException {
        xml.writeEmptyElement("skipped");
        attribute("message", Shown.line(message, 500));
    }

    private void output(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(Shown.text(text, 8 * MOST));
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Shown.text(value, MOST));
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String or(@org.jspecify.annotations.Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
