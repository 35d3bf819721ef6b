package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import today.p2p.link.LinkAction;
import today.p2p.link.LinkState;
import today.p2p.serializer.Opcode;

/** The table of link-states.csv, cell by cell and number by number (LNK-15, LNK-19). */
class LinkStatesTest {
    private final Map<String, Map<LinkState, String>> table = new LinkedHashMap<>();

    LinkStatesTest() throws IOException {
        Path file = Path.of(System.getProperty("p2p.root", "../.."), "protocol-spec/registry/link-states.csv");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("message,greeting,open,closed,clause");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(cells).as(line).hasSize(5).doesNotContain("");
            table.put(
                    cells[0],
                    Map.of(LinkState.GREETING, cells[1], LinkState.OPEN, cells[2], LinkState.CLOSED, cells[3]));
        }
    }

    @Test
    void everyNumberInEveryStateIsHandledAsItsCellSays() { // LNK-15
        Set<String> used = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (int type = 0; type <= 255; type++) {
            for (int subFlag = LinkAction.NO_SUB_FLAG; subFlag <= 255; subFlag++) {
                for (int items = subFlag == LinkAction.NO_SUB_FLAG ? 0 : 1; items <= 7; items++) {
                    String row = typeName(type) + " " + subFlagName(subFlag, items);
                    used.add(row);
                    for (LinkState state : LinkState.values()) {
                        String expected = table.getOrDefault(row, Map.of()).get(state);
                        String actual = handling(state, type, subFlag, items);
                        if (!actual.equals(expected)) {
                            wrong.add(row + " " + state + ": " + actual + " instead of " + expected);
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(table.keySet()).isEqualTo(used);
    }

    /** What link and node together do, in the words of the registry. */
    private static String handling(LinkState state, int type, int subFlag, int items) {
        LinkAction action = LinkAction.of(state, type, subFlag, items);
        return switch (action) {
            case ORDER, SHAPE -> action.name();
            case PASS -> routed(type == Opcode.BROADCAST.number(), subFlag, items);
            case ACCEPT, REPLACE, CODECS, RESEND, PONG, ALIVE, IGNORE, DROP -> word(action);
        };
    }

    private static String routed(boolean isBroadcast, int subFlag, int items) {
        Route route = Route.of(isBroadcast, subFlag, items);
        if (route == Route.NOTHING) {
            return isBroadcast ? "relay" : "ignore";
        }
        return (isBroadcast ? "relay + " : "") + word(route);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String typeName(int type) {
        return switch (type) {
            case 0 -> "broadcast";
            case 1 -> "renegotiate";
            case 2 -> "whisper";
            default -> "other";
        };
    }

    private static String subFlagName(int subFlag, int items) {
        if (subFlag == LinkAction.NO_SUB_FLAG) {
            return "none";
        }
        if (subFlag == LinkAction.FOREIGN_SUB_FLAG) {
            return "foreign";
        }
        if (subFlag == 5) {
            return items == 5 ? "handshake" : items == 2 ? "meta" : "five-other";
        }
        if (subFlag >= 0x30) {
            return subFlag >= 0x40 ? "application" : "extension";
        }
        return Opcode.ofSubFlag(subFlag).map(LinkStatesTest::word).orElse("free");
    }
}
