package today.p2p.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.terminal.Readable;

/**
 * Which bytes of a bare message say what: its msgpack items in their order, with their depth. Reads as far
 * as it understands and no further, since what it is shown may be broken; that is for others to judge.
 *
 * @param notes in the order of the bytes
 * @param end up to where the bytes were understood
 */
record Layout(List<Note> notes, int end) {

    /**
     * One item: its header and, unless it is a container, its content.
     *
     * @param place a field of the message, or the place within the container that it stands in
     */
    record Note(int start, int end, int depth, String place, String what) {}

    Layout {
        notes = List.copyOf(notes);
    }

    /** The first items of a bare message, at most {@code most} of them, none that begins behind {@code last}. */
    static Layout of(Bytes bare, int most, int last) {
        return new Walk(bare).layout(most, last);
    }

    private record Item(int headerLength, long count, String kind, boolean container) {}

    private static final class Open {
        private final boolean map;
        private long left;
        private long next;

        Open(boolean map, long left) {
            this.map = map;
            this.left = left;
        }

        /** The place of the next item: an index, or key and value of an entry. */
        String take() {
            left--;
            long index = next++;
            return map ? (index % 2 == 0 ? "key " : "value ") + index / 2 : "[" + index + "]";
        }
    }

    private static final class Walk {
        private static final String[] FIELDS = {"type", "sender", "time"};

        private final Bytes bare;
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<Note> notes = new ArrayList<>();
        private int at;

        Walk(Bytes bare) {
            this.bare = bare;
        }

        Layout layout(int most, int last) {
            String place = "message";
            while (notes.size() < most && at < bare.length() && at <= last) {
                Item item = item();
                long size = item == null ? Long.MAX_VALUE : item.headerLength() + (item.container() ? 0 : item.count());
                if (item == null || size > bare.length() - at) {
                    break;
                }
                int depth = open.size();
                notes.add(new Note(at, at + (int) size, depth, place, item.kind()));
                at += (int) size;
                if (item.container()) {
                    boolean map = item.kind().startsWith("map");
                    open.push(new Open(map, map ? 2 * item.count() : item.count()));
                }
                while (!open.isEmpty() && open.peek().left == 0) {
                    open.pop();
                }
                if (open.isEmpty()) {
                    break;
                }
                place = field(open.peek().take());
            }
            return new Layout(notes, at);
        }

        /** Items of the message array go by their names. */
        private String field(String place) {
            if (open.size() != 1 || !place.startsWith("[")) {
                return place;
            }
            int index = Integer.parseInt(place.substring(1, place.length() - 1));
            return index < FIELDS.length ? FIELDS[index] : "payload[" + (index - FIELDS.length) + "]";
        }

        private @Nullable Item item() {
            int first = bare.get(at) & 0xff;
            if (first <= 0x7f || first >= 0xe0) {
                return new Item(1, 0, "integer " + (byte) first, false);
            }
            if (first <= 0xbf) {
                return first >= 0xa0
                        ? new Item(1, first & 0x1f, "text of " + Readable.count(first & 0x1f, "byte"), false)
                        : container(1, first & 0x0f, first >= 0x90);
            }
            return switch (first) {
                case 0xc0 -> new Item(1, 0, "nil", false);
                case 0xc2 -> new Item(1, 0, "false", false);
                case 0xc3 -> new Item(1, 0, "true", false);
                case 0xc4, 0xc5, 0xc6 -> sized(1 << (first - 0xc4), "binary", 0);
                case 0xc7, 0xc8, 0xc9 -> sized(1 << (first - 0xc7), "ext", 1);
                case 0xca, 0xcb -> new Item(1, 4L << (first - 0xca), "float " + (32 << (first - 0xca)), false);
                case 0xcc, 0xcd, 0xce, 0xcf -> number(1 << (first - 0xcc), "unsigned ");
                case 0xd0, 0xd1, 0xd2, 0xd3 -> number(1 << (first - 0xd0), "signed ");
                case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 ->
                    new Item(2, 1L << (first - 0xd4), "ext of " + Readable.count(1 << (first - 0xd4), "byte"), false);
                case 0xd9, 0xda, 0xdb -> sized(1 << (first - 0xd9), "text", 0);
                case 0xdc, 0xdd -> container(1 + (2 << (first - 0xdc)), length(2 << (first - 0xdc)), true);
                case 0xde, 0xdf -> container(1 + (2 << (first - 0xde)), length(2 << (first - 0xde)), false);
                default -> null;
            };
        }

        private @Nullable Item number(int width, String kind) {
            long value = length(width);
            if (value == -1 && at + 1 + width > bare.length()) {
                return null;
            }
            long shown = kind.startsWith("s") ? value << (64 - 8 * width) >> (64 - 8 * width) : value;
            String text = kind.startsWith("s") ? Long.toString(shown) : Long.toUnsignedString(shown);
            return new Item(1, width, "integer " + text + " (" + kind + 8 * width + ")", false);
        }

        private @Nullable Item sized(int width, String kind, int extra) {
            long length = length(width);
            return length < 0
                    ? null
                    : new Item(1 + width + extra, length, kind + " of " + Readable.count(length, "byte"), false);
        }

        private @Nullable Item container(int headerLength, long count, boolean array) {
            return count < 0 ? null : new Item(headerLength, count, (array ? "array of " : "map of ") + count, true);
        }

        /** The big-endian number behind the first byte, -1 when it is not all there. */
        private long length(int width) {
            if (at + 1 + width > bare.length()) {
                return -1;
            }
            long value = 0;
            for (int index = 1; index <= width; index++) {
                value = value << 8 | bare.get(at + index) & 0xff;
            }
            return value;
        }
    }
}
