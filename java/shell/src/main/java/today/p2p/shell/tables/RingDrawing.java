package today.p2p.shell.tables;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import today.p2p.chord.Ring;
import today.p2p.chord.Ring.Relation;
import today.p2p.chord.Ring.Seat;
import today.p2p.chord.RingId;
import today.p2p.chord.Table;
import today.p2p.shell.Output;
import today.p2p.terminal.Readable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ring within 80 columns: a circle, clockwise as places grow and place 0 on top, with a mark for each who has joined;
 * beside it who they are.
 */
final class RingDrawing {
    private static final int RADIUS = 8;
    private static final int HEIGHT = 2 * RADIUS + 1;
    private static final int WIDTH = 4 * RADIUS + 1;
    private static final int STEPS = 720;

    private static final String MARKS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final char SELF = '@';
    private static final char PATH = '.';
    private static final char OWN_PATH = '#';
    private static final BigDecimal WHOLE = new BigDecimal(BigInteger.TWO.pow(RingId.BITS));

    /** Where one character of the circle stands. */
    private record Spot(int x, int y) {}

    private final Ring ring;
    private final char[][] canvas = new char[HEIGHT][WIDTH];
    /** Clockwise from the top, each with the places, as parts of the ring, at which it begins. */
    private final Map<Spot, Double> circle = circle();

    private RingDrawing(Ring ring) {
        this.ring = ring;
        for (char[] row : canvas) {
            Arrays.fill(row, ' ');
        }
    }

    /** Shows a ring, drawn or as JSON. */
    static void say(Output out, Ring ring, String subnet) {
        out.say("ring", String.join("\n", lines(ring, subnet)), object -> fill(object, ring));
    }

    /** The drawing. */
    static List<String> lines(Ring ring, String subnet) {
        RingDrawing drawing = new RingDrawing(ring);
        drawing.drawCircle();
        drawing.writeInside();
        List<String> lines = new ArrayList<>();
        lines.add("ring \"" + Readable.line(subnet) + "\", as "
                + Output.shortId(ring.id().text()) + " sees it" + (ring.isJoined() ? "" : ", which has not joined"));
        lines.addAll(drawing.besideEachOther(drawing.list()));
        lines.addAll(drawing.footer());
        return lines;
    }

    private void drawCircle() {
        List<Seat> seats = ring.seats();
        circle.forEach((spot, place) -> {
            boolean isOwn = ring.isJoined()
                    && turn(part(ring.place()), place) < seats.get(0).arc();
            canvas[spot.y()][spot.x()] = isOwn ? OWN_PATH : PATH;
        });
        for (int index = 0; index < seats.size() && index < circle.size(); index++) {
            Spot spot = freeSpot(part(seats.get(index).place()));
            canvas[spot.y()][spot.x()] = mark(index);
        }
    }

    /** The first one at or behind a place that bears no mark. */
    private Spot freeSpot(double place) {
        List<Spot> spots = List.copyOf(circle.keySet());
        int first = spots.indexOf(spot(Math.floor(place * STEPS) / STEPS));
        for (int index = 0; index < spots.size(); index++) {
            Spot spot = spots.get((first + index) % spots.size());
            char there = canvas[spot.y()][spot.x()];
            if (there == PATH || there == OWN_PATH) {
                return spot;
            }
        }
        throw new AssertionError("more marks than spots");
    }

    private char mark(int seat) {
        if (ring.seats().get(seat).relation() == Relation.SELF) {
            return SELF;
        }
        int other = ring.isJoined() ? seat - 1 : seat;
        return other < MARKS.length() ? MARKS.charAt(other) : '+';
    }

    private void writeInside() {
        List<String> text = List.of(
                ring.seats().size() + " joined",
                Readable.count(ring.keys(), "key") + " heard of",
                Readable.count(held(), "position"),
                "held here");
        int row = RADIUS - text.size() / 2;
        for (String line : text) {
            line.getChars(0, line.length(), canvas[row++], (WIDTH - line.length()) / 2);
        }
    }

    private int held() {
        return ring.entries().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Who has joined, in the order of the circle. */
    private List<String> list() {
        List<String> list = new ArrayList<>();
        list.add("   node      place    owns");
        List<Seat> seats = ring.seats();
        int listed = Math.min(seats.size(), MARKS.length() + 1);
        for (int index = 0; index < listed; index++) {
            Seat seat = seats.get(index);
            list.add(String.format(
                    Locale.ROOT,
                    "%c  %-8s  %.3f  %5.1f %%  %s",
                    mark(index),
                    Output.shortId(seat.id().text()),
                    part(seat.place()),
                    100 * seat.arc(),
                    relation(seat)));
        }
        if (listed < seats.size()) {
            list.add("+  and " + (seats.size() - listed) + " more");
        }
        if (seats.isEmpty()) {
            list.add("   nobody has joined");
        }
        return list;
    }

    private static String relation(Seat seat) {
        return switch (seat.relation()) {
            case SELF -> "this node";
            case NEIGHBOUR -> "neighbour";
            case LONG_LINK -> "long link";
        };
    }

    private List<String> besideEachOther(List<String> list) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < Math.max(HEIGHT, list.size()); row++) {
            String left = row < HEIGHT ? new String(canvas[row]) : " ".repeat(WIDTH);
            String right = row < list.size() ? "    " + list.get(row) : "";
            lines.add((left + right).stripTrailing());
        }
        return lines;
    }

    private List<String> footer() {
        List<String> lines = new ArrayList<>();
        if (held() > 0) {
            lines.add("held here: "
                    + Arrays.stream(Table.values())
                            .map(table ->
                                    table.hashName() + " " + ring.entries().getOrDefault(table, 0))
                            .collect(Collectors.joining(", ")));
        }
        if (!ring.leeches().isEmpty()) {
            lines.add("linked and not joined: "
                    + ring.leeches().stream()
                            .limit(6)
                            .map(id -> Output.shortId(id.text()))
                            .collect(Collectors.joining(", "))
                    + (ring.leeches().size() > 6 ? " and " + (ring.leeches().size() - 6) + " more" : ""));
        }
        return lines;
    }

    private static Map<Spot, Double> circle() {
        Map<Spot, Double> circle = new LinkedHashMap<>();
        for (int step = 0; step < STEPS; step++) {
            double place = (double) step / STEPS;
            circle.putIfAbsent(spot(place), place);
        }
        return Collections.unmodifiableMap(circle);
    }

    private static Spot spot(double place) {
        return new Spot((int) Math.round(2 * RADIUS * (1 + Math.sin(2 * Math.PI * place))), (int)
                Math.round(RADIUS * (1 - Math.cos(2 * Math.PI * place))));
    }

    /** How far it is from one place to another as places grow: 0 to 1. */
    private static double turn(double from, double to) {
        return to >= from ? to - from : 1 + to - from;
    }

    private static double part(RingId place) {
        return new BigDecimal(place.value())
                .divide(WHOLE, MathContext.DECIMAL64)
                .doubleValue();
    }

    private static void fill(ObjectNode object, Ring ring) {
        object.put("id", ring.id().text()).put("place", part(ring.place())).put("joined", ring.isJoined());
        ArrayNode seats = object.putArray("seats");
        for (Seat seat : ring.seats()) {
            seats.addObject()
                    .put("id", seat.id().text())
                    .put("place", part(seat.place()))
                    .put("arc", seat.arc())
                    .put("relation", seat.relation().name());
        }
        ArrayNode leeches = object.putArray("notJoined");
        ring.leeches().forEach(id -> leeches.add(id.text()));
        ObjectNode held = object.putObject("held");
        for (Table table : Table.values()) {
            held.put(table.hashName(), ring.entries().getOrDefault(table, 0));
        }
        object.put("keys", ring.keys());
    }
}
