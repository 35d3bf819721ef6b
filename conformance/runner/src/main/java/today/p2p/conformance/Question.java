package today.p2p.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.conformance.process.Json;
import today.p2p.live.Finding;
import today.p2p.live.Script;
import today.p2p.model.Dissection;
import today.p2p.report.CaseReport;
import today.p2p.vectors.Case;
import tools.jackson.databind.JsonNode;

/** A case of the suite in the form in which reports and filters know it. */
final class Question {
    private static final String SLOW = "Slow";
    private static final Set<String> HEAVY = Set.of("Bomb", "Exhaustion", "Large");
    private static final int SHOWN_BYTES = 4096;
    private static final int SHOWN_FRAMES = 4;
    private static final int SHOWN_CHUNK_PARTS = 100;
    private static final int HEADER_HEX = 8;
    private static final int DISSECTED_BYTES = 1 << 16;

    private final Case asked;
    private final CaseReport.Info info;
    private @Nullable List<CaseReport.HexView> ownBytes;

    private Question(Case asked, CaseReport.Info info) {
        this.asked = asked;
        this.info = info;
    }

    static Question of(Case asked) {
        CaseReport.Info info = new CaseReport.Info(
                asked.id(),
                asked.requirements(),
                asked.level().name(),
                new CaseReport.Call(asked.op(), Json.brief(asked.input())),
                new CaseReport.Expected(asked.result().name().toLowerCase(Locale.ROOT), Json.brief(asked.expect())),
                new CaseReport.Note(asked.comment(), asked.flags(), asked.since(), asked.area() + ".json"));
        return new Question(asked, info);
    }

    Case asked() {
        return asked;
    }

    CaseReport.Info info() {
        return info;
    }

    String id() {
        return asked.id();
    }

    /** Whether it waits for timers of ten seconds and more. */
    boolean isSlow() {
        return asked.flags().contains(SLOW);
    }

    /** Frames that passed on the links of a live case. */
    List<CaseReport.HexView> views(List<Finding.Traffic> frames) {
        List<CaseReport.HexView> views = new ArrayList<>();
        for (Finding.Traffic each : frames) {
            List<Dissection.Section> sections = sections(each.frame(), each.codecs());
            if (sections.isEmpty()) {
                byte[] bytes = each.frame();
                views.add(new CaseReport.HexView(each.title(), shown(bytes), bytes.length, List.of(), -1));
            }
            sections.stream().limit(1).forEach(section -> views.add(view(each.title(), section)));
        }
        return views;
    }

    /** What a testee must offer to be asked this. */
    Collection<String> ops() {
        return asked.isLive() ? Script.of(asked).ops() : List.of(asked.op());
    }

    /** What the node of a live case is: one with a table, or of a mesh alone; empty for other cases. */
    Optional<String> role() {
        return asked.isLive()
                ? Optional.of(Script.of(asked).node().path("table").asString("mesh"))
                : Optional.empty();
    }

    /** The codecs that the input names: by {@code codecs}, or by {@code codec}. */
    List<Integer> codecs() {
        List<Integer> codecs = new ArrayList<>();
        Stream.concat(
                        Stream.of(asked.input().path("codec")),
                        asked.input().path("codecs").valueStream())
                .filter(JsonNode::isInt)
                .forEach(codec -> codecs.add(codec.asInt()));
        return codecs;
    }

    /** How hard it is to read: bytes of JSON. */
    int size() {
        return info.call().input().length() + info.expected().json().length();
    }

    /** Whether few bytes of JSON stand for many of work: a bomb, a limit, a unit repeated. */
    boolean isHeavy() {
        return !Collections.disjoint(asked.flags(), HEAVY)
                || info.call().input().contains("\"$rep");
    }

    /** The frames of the case, and of a reply if it holds one, with a name for each byte. */
    synchronized List<CaseReport.HexView> bytes(@Nullable JsonNode reply) {
        if (ownBytes == null) {
            ownBytes = ownBytes();
        }
        if (reply == null || !reply.has("frame")) {
            return ownBytes;
        }
        List<CaseReport.HexView> views = new ArrayList<>(ownBytes);
        add(views, "reply.frame", reply.get("frame"));
        return views;
    }

    private List<CaseReport.HexView> ownBytes() {
        List<CaseReport.HexView> views = new ArrayList<>();
        add(views, "in.frame", asked.input().path("frame"));
        chunks(views);
        add(views, "expect.frame", asked.expect().path("ok").path("frame"));
        return views;
    }

    /** Of a stream the headers and bodies are named, wherever the chunks cut them. */
    private void chunks(List<CaseReport.HexView> views) {
        int chunk = 0;
        long body = 0;
        String header = "";
        for (JsonNode each : asked.input().path("chunks")) {
            byte[] bytes = decoded(each);
            if (bytes == null || views.size() >= SHOWN_FRAMES) {
                return;
            }
            List<CaseReport.Range> ranges = new ArrayList<>();
            for (int at = 0; at < bytes.length && ranges.size() < SHOWN_CHUNK_PARTS; ) {
                int end = (int) Math.min(bytes.length, at + (body > 0 ? body : HEADER_HEX / 2 - header.length() / 2));
                if (body > 0) {
                    ranges.add(new CaseReport.Range(at, end, 0, "body", (end - at) + " of " + body + " bytes left"));
                    body -= end - at;
                } else {
                    header += HexFormat.of().formatHex(bytes, at, end);
                    boolean whole = header.length() == HEADER_HEX;
                    body = whole ? Long.parseLong(header, 16) : 0;
                    ranges.add(new CaseReport.Range(at, end, 0, "length", whole ? String.valueOf(body) : "goes on"));
                    header = whole ? "" : header;
                }
                at = end;
            }
            views.add(new CaseReport.HexView("in.chunks[" + chunk++ + "]", shown(bytes), bytes.length, ranges, -1));
        }
    }

    private void add(List<CaseReport.HexView> views, String title, JsonNode hex) {
        byte[] bytes = decoded(hex);
        if (bytes == null) {
            return;
        }
        List<Dissection.Section> sections = sections(bytes, codecs());
        if (sections.isEmpty()) {
            addRaw(views, title, hex);
        }
        for (Dissection.Section section : sections) {
            boolean frame = section.title().equals("frame");
            views.add(view(frame ? title : title + ", " + section.title(), section));
        }
    }

    /** None for a large frame, of which only the beginning is shown, and none should the model stumble over it. */
    private static List<Dissection.Section> sections(byte[] frame, List<Integer> codecs) {
        if (frame.length > DISSECTED_BYTES) {
            return List.of();
        }
        try {
            return Dissection.of(frame, codecs).sections();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static void addRaw(List<CaseReport.HexView> views, String title, JsonNode hex) {
        byte[] bytes = decoded(hex);
        if (bytes != null && views.size() < SHOWN_FRAMES) {
            views.add(new CaseReport.HexView(title, shown(bytes), bytes.length, List.of(), -1));
        }
    }

    private static CaseReport.HexView view(String title, Dissection.Section section) {
        byte[] bytes = section.bytes();
        List<CaseReport.Range> ranges = section.ranges().stream()
                .filter(range -> range.start() < SHOWN_BYTES)
                .limit(SHOWN_BYTES)
                .map(range -> new CaseReport.Range(
                        range.start(), range.end(), range.depth(), range.name(), Json.shown(range.value())))
                .toList();
        return new CaseReport.HexView(title, shown(bytes), bytes.length, ranges, (int) section.errorOffset());
    }

    private static String shown(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
    }

    /** The bytes of a hex text; null if it is not there or is not hex. */
    static byte @Nullable [] decoded(JsonNode hex) {
        if (!hex.isString()) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(hex.asString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
