package today.p2p.model.links;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a message does on a link (LNK-15), and what is seen of it from outside. */
final class States {

    private static final int BROADCAST = 0;
    private static final int RENEGOTIATE = 1;
    private static final int WHISPER = 2;
    private static final int NONE = -1;
    private static final int FOREIGN = -2;
    private static final Set<Integer> APPLICATION = Set.of(0, 2);

    private final Slip.Slips slips;

    States(Slip.Slips slips) {
        this.slips = slips;
    }

    ObjectNode answer(Given in) {
        JsonNode payload = in.node("payload");
        int type = (int) in.number("type");
        int flag = subFlag(payload);
        String state = in.text("state");
        return effect(state, cell(state, type, flag, payload.size()));
    }

    private static int subFlag(JsonNode payload) {
        Optional<BigInteger> first = payload.isEmpty() ? Optional.empty() : Given.integer(payload.get(0));
        if (first.isEmpty()) {
            return NONE;
        }
        boolean known = first.get().signum() >= 0 && first.get().bitLength() <= 8;
        return known ? first.get().intValue() : FOREIGN;
    }

    private List<String> cell(String state, int type, int flag, int items) {
        return switch (state) {
            case "greeting" -> greeting(type, flag, items);
            case "open" ->
                flag == NONE && !slips.has(Slip.NO_SUB_FLAG_IGNORED) ? List.of("SHAPE") : open(type, flag, items);
            default -> slips.has(Slip.CLOSED_LINK_READ) ? open(type, flag, items) : List.of();
        };
    }

    private List<String> greeting(int type, int flag, int items) {
        boolean count = items == 5 || slips.has(Slip.ANY_GREETING);
        if (type == WHISPER && flag == 5 && count) {
            return List.of("accept");
        }
        return slips.has(Slip.STRANGERS_HEARD) ? open(type, flag, items) : List.of("ORDER");
    }

    private List<String> open(int type, int flag, int items) {
        List<String> done = new ArrayList<>();
        if (type == BROADCAST || (type == RENEGOTIATE && slips.has(Slip.RENEGOTIATE_RELAYED))) {
            done.add("relay");
        }
        if (type == RENEGOTIATE) {
            done.add(flag == 1 ? "codecs" : flag == 9 ? "resend" : "");
        } else if (type == WHISPER) {
            done.add(whisper(flag, items));
        } else if (type == BROADCAST) {
            done.add(broadcast(flag));
        } else if (slips.has(Slip.OTHER_TYPES_CLOSE)) {
            return List.of("ORDER");
        }
        return done;
    }

    private String broadcast(int flag) {
        if (flag == 3 && slips.has(Slip.BROADCAST_PING_ANSWERED)) {
            return "pong";
        }
        if (flag == 7 && slips.has(Slip.BROADCAST_PEERS_LEARNED)) {
            return "learn";
        }
        return isDelivered(flag) ? "deliver" : flag == 8 ? "answer" : "";
    }

    private String whisper(int flag, int items) {
        if (flag == 5) {
            return items == 2 || items == 5 ? "" : slips.has(Slip.ODD_FIVE_CLOSES) ? "ORDER" : "";
        }
        if (isDelivered(flag)) {
            return "deliver";
        }
        return switch (flag) {
            case 3 -> "pong";
            case 7 -> "learn";
            case 8 -> "list";
            case 15, 16 -> slips.has(Slip.HISTORIC_CLOSES) ? "ORDER" : "";
            default -> "";
        };
    }

    /** MSH-14. */
    private boolean isDelivered(int flag) {
        int first = slips.has(Slip.EXTENSIONS_DELIVERED) ? 0x30 : 0x40;
        return APPLICATION.contains(flag) || flag >= first || (slips.has(Slip.UNNAMED_DELIVERED) && flag == 0x12);
    }

    private static ObjectNode effect(String state, List<String> done) {
        @Nullable String closes = done.contains("ORDER") ? "ORDER" : done.contains("SHAPE") ? "SHAPE" : null;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("close", closes);
        answer.put("open", done.contains("accept") || (state.equals("open") && closes == null));
        answer.put("relay", done.contains("relay"));
        answer.put("deliver", done.contains("deliver"));
        answer.put("dial", done.contains("learn"));
        ArrayNode replies = answer.putArray("replies");
        for (String word : done) {
            switch (word) {
                case "accept", "list" -> replies.addArray().add(WHISPER).add(7);
                case "codecs" -> replies.addArray().add(RENEGOTIATE).add(1);
                case "resend" -> replies.addArray().add(WHISPER).add(2);
                case "pong" -> replies.addArray().add(WHISPER).add(4);
                case "answer" -> replies.addArray().add(BROADCAST).add(10);
                default -> {}
            }
        }
        return answer;
    }
}
