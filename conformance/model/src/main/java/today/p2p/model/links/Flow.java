package today.p2p.model.links;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is sent again, how fast is read, and which links there are (LNK-18, LNK-19, LNK-24, MSH-2, MSH-6). */
final class Flow {

    private static final long MAX_RESEND = 1_048_576;
    private static final long RESEND_EVERY = 1000;
    private static final long DUPLICATE_WITHIN = 10_000;
    private static final int STR_8 = 32;
    private static final int PREFIX = 8;

    private final Slip.Slips slips;

    Flow(Slip.Slips slips) {
        this.slips = slips;
    }

    /** LNK-18 and LNK-19. */
    ObjectNode resend(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode again = answer.putArray("again");
        List<Given> steps = in.each("steps");
        int last = -1;
        long answered = -RESEND_EVERY;
        for (int index = 0; index < steps.size(); index++) {
            Given step = steps.get(index);
            switch (step.text("do")) {
                case "whisper" -> last = isKept(in.text("own"), step) ? index : -1;
                case "broadcast" -> last = slips.has(Slip.BROADCASTS_NOT_KEPT) ? last : index;
                case "relay" -> last = slips.has(Slip.RELAYED_NOT_KEPT) ? last : index;
                case "ask" -> {
                    boolean due = step.number("at") - answered >= RESEND_EVERY || slips.has(Slip.ALWAYS_RESENT);
                    if (last >= 0 && due) {
                        answered = step.number("at");
                        again.add(last);
                    } else {
                        again.addNull();
                    }
                }
                default -> last = slips.has(Slip.OWN_MESSAGES_KEPT) ? index : last;
            }
        }
        return answer;
    }

    /** Whether the bare message [2, own, time, 0x40, text] is one of max-resend bytes at most. */
    private boolean isKept(String own, Given step) {
        long text = step.in().path("bytes").asLong(1);
        long sender = own.length() + (own.length() < STR_8 ? 1 : 2);
        long head = text < STR_8 ? 1 : text < 256 ? 2 : text < 65536 ? 3 : 5;
        long bare = 1 + 1 + sender + 5 + 1 + head + text;
        return bare < MAX_RESEND + (slips.has(Slip.RESEND_LIMIT_REFUSES_ITSELF) ? 0 : 1)
                || slips.has(Slip.ANY_SIZE_RESENT);
    }

    /** LNK-24: a bucket, in thousandths of a message, millisecond by millisecond. */
    ObjectNode rate(Given in) {
        long burst = in.limit("max-message-burst", 20_000) * 1000;
        long filled = in.limit("max-message-rate", 10_000);
        List<Long> by = new ArrayList<>();
        in.node("by").forEach(at -> by.add(at.asLong()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode read = answer.putArray("read");
        long level = burst;
        long waiting = 0;
        long done = 0;
        long end = by.get(by.size() - 1);
        for (long now = 0; now <= end; now++) {
            level = slips.has(Slip.BUCKET_WITHOUT_BOTTOM) ? level + filled : Math.min(burst, level + filled);
            waiting += arrived(in, now);
            long taken = slips.has(Slip.ANY_RATE) ? waiting : Math.min(waiting, level / 1000);
            level -= taken * 1000;
            waiting -= taken;
            done += taken;
            if (by.contains(now)) {
                read.add(done);
            }
        }
        return answer;
    }

    private static long arrived(Given in, long now) {
        return in.each("arrive").stream()
                .filter(some -> some.number("at") == now)
                .mapToLong(some -> some.number("count"))
                .sum();
    }

    /** MSH-6. */
    ObjectNode admit(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode closed = answer.putArray("closed");
        List<Given> links = new ArrayList<>();
        for (Given link : in.each("links")) {
            boolean full = !link.flag("outgoing") && isFull(in, links, link.text("from"));
            closed.add(full);
            if (!full) {
                links.add(link);
            }
        }
        return answer;
    }

    private boolean isFull(Given in, List<Given> links, String host) {
        boolean all = slips.has(Slip.OUTGOING_COUNT_TOO);
        long same = links.stream()
                .filter(link -> (all || !link.flag("outgoing"))
                        && group(link.text("from")).equals(group(host)))
                .count();
        long greeting = links.stream()
                .filter(link -> (all || !link.flag("outgoing")) && !link.flag("greets"))
                .count();
        boolean handshakes = greeting >= in.limit("max-handshakes", 64) && !slips.has(Slip.STRANGERS_UNCOUNTED);
        boolean address = same >= in.limit("max-links-per-address", 64) && !slips.has(Slip.ADDRESSES_UNCOUNTED);
        return handshakes || address || links.size() >= in.limit("max-links", 1024);
    }

    private String group(String host) {
        if (slips.has(Slip.IPV6_APART) || !host.contains(":")) {
            return host;
        }
        try {
            // A numeric address is not looked up, and IPv4 inside IPv6 comes out as IPv4.
            InetAddress address = InetAddress.getByName(host);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX)
                    : address.getHostAddress();
        } catch (UnknownHostException none) {
            return host;
        }
    }

    /** MSH-2 with DUP-1. */
    ObjectNode duplicate(Given in) {
        boolean bothSides = in.flag("oldOutgoing") != in.flag("newOutgoing") || slips.has(Slip.SAME_SIDE_ASKED);
        boolean young = in.number("age") < DUPLICATE_WITHIN || slips.has(Slip.OLD_LINKS_GIVEN_UP);
        boolean larger = number(in.text("own")).compareTo(number(in.text("peer"))) > 0;
        boolean old = bothSides && young && larger == in.flag("newOutgoing");
        return JsonNodeFactory.instance.objectNode().put("close", old ? "old" : "new");
    }

    private static BigInteger number(String id) {
        String digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        return id.chars()
                .mapToObj(digit -> BigInteger.valueOf(digits.indexOf(digit)))
                .reduce(
                        BigInteger.ZERO,
                        (sum, digit) -> sum.multiply(BigInteger.valueOf(58)).add(digit));
    }
}
