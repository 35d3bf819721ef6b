package today.p2p.msgpack;

import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are one well-formed msgpack item, within the limits, before anything is built from them
 * (MPK-1 to MPK-8, MPK-11, MPK-16). Reusable, not thread-safe, allocates only to report an error.
 */
final class Scanner {
    /*
     * How it works. One pass from the first byte to the last, without recursion: what is open is a stack of
     * counts, of max-depth levels. Each claim of a length or a count is compared with the bytes that are
     * there, so that nothing is believed. The usual small maps have their keys compared on the way, by
     * FlatMap; other keys are only counted, and a message with such a map of two entries or more is walked
     * once more by KeyCheck, which then knows that the counts are true.
     */
    private static final int LONG_RUN = 16;

    private final int[] remaining = new int[MsgpackCheck.MAX_DEPTH];
    private final int[] opened = new int[MsgpackCheck.MAX_DEPTH];
    private final FlatMap flatMap = new FlatMap();

    private byte[] bytes = {};
    private int base;
    private int end;
    private int depth;
    private int left;
    private int firstMap;
    private int itemsLeft;
    private @Nullable Malformed problem;

    /**
     * Checks the item that begins at {@code from}.
     *
     * @return the index after it, or -1: then {@link #problem} says what is wrong, and {@link #stoppedAt}
     *     where
     */
    int scan(byte[] array, int from, int to) {
        bytes = array;
        base = from;
        end = to;
        depth = 0;
        left = 1;
        firstMap = -1;
        itemsLeft = MsgpackCheck.MAX_ITEMS;
        problem = null;
        int at = from;
        do {
            at = scanPlain(at);
            if (left == 0) {
                return at;
            }
            at = scanOther(at);
            if (at < 0) {
                return -1;
            }
        } while (left > 0 || leaveComplete());
        return at;
    }

    /** What was wrong, when {@link #scan} said -1; the offset counts from the first byte of the item. */
    Malformed problem() {
        Malformed known = problem;
        if (known == null) {
            throw new IllegalStateException("nothing was wrong");
        }
        return known;
    }

    /** The index of the first map of at least two entries whose keys were not compared, or -1. */
    int firstMap() {
        return firstMap;
    }

    /** How many levels were open when the scan stopped, from 0. */
    int openLevels() {
        return depth;
    }

    /** Where the container at an open {@code level} begins. */
    int openedAt(int level) {
        return opened[level];
    }

    /** How many items all containers of the last scan had together. */
    int items() {
        return MsgpackCheck.MAX_ITEMS - itemsLeft;
    }

    /** How many items of the container at an open {@code level} were not yet complete. */
    int leftAt(int level) {
        // What encloses an open container has that container itself still to come.
        return level == depth - 1 ? left : remaining[level + 1] + 1;
    }

    /** Goes back to the innermost level that still wants items; false when there is none. */
    private boolean leaveComplete() {
        int level = depth;
        int wanted = 0;
        while (wanted == 0 && level > 0) {
            wanted = remaining[--level];
        }
        depth = level;
        left = wanted;
        return wanted > 0;
    }

    /** Scans until all is complete, or until an item comes that is none of the usual ones. */
    private int scanPlain(int from) {
        byte[] array = bytes;
        byte[] sizes = Format.fixedSizes(depth < MsgpackCheck.MAX_DEPTH);
        int to = end;
        int at = from;
        int wanted = left;
        while (at < to) {
            int first = array[at] & 0xff;
            int size = sizes[first];
            if (size == Format.VARIABLE && first < Format.FIXSTR) {
                left = wanted;
                int next = scanSmall(at, first);
                if (next < 0) {
                    return at;
                }
                at = next;
                wanted = left;
                sizes = Format.fixedSizes(depth < MsgpackCheck.MAX_DEPTH);
            } else if (size == 1 && wanted >= LONG_RUN && to - at > 1 && sizes[array[at + 1] & 0xff] == 1) {
                int stop = Runs.skip(array, at, at + Math.min(wanted, to - at), sizes);
                wanted -= stop - at;
                at = stop;
            } else if (size == Format.VARIABLE) {
                size = Format.plainByteString(array, at, to);
                if (size == Format.VARIABLE) {
                    break;
                }
                at += size;
                wanted--;
            } else {
                if (size > to - at) {
                    break;
                }
                at = after(at, size);
                wanted--;
            }
            if (wanted == 0) {
                if (!leaveComplete()) {
                    return at;
                }
                wanted = left;
                sizes = Format.fixedSizes(true);
            }
        }
        left = wanted;
        return at;
    }

    /** Where an item of fixed size ends. A processor guesses which branch is taken, but waits for a number looked up. */
    private static int after(int at, int size) {
        return switch (size) {
            case 1 -> at + 1;
            case 2 -> at + 2;
            case 3 -> at + 3;
            case 5 -> at + 5;
            case 9 -> at + 9;
            default -> at + size;
        };
    }

    /** Opens an array or map of less than 16 items or entries, or skips it; -1 when it is to be refused. */
    private int scanSmall(int at, int first) {
        boolean isMap = first < Format.FIXARRAY;
        int items = isMap ? 2 * (first & 0x0f) : first & 0x0f;
        if (items >= end - at || items > itemsLeft || depth == MsgpackCheck.MAX_DEPTH) {
            return -1;
        }
        itemsLeft -= items;
        if (isMap && items > 2) {
            int next = flatMap.skip(bytes, at, end);
            if (next >= 0) {
                left--;
                return next;
            }
            firstMap = firstMap < 0 ? at : firstMap;
        }
        remaining[depth] = left - 1;
        opened[depth++] = at;
        left = items;
        return at + 1;
    }

    private int scanOther(int at) {
        if (at == end) {
            return refuse(ErrorCode.BODY, at, "an item is missing");
        }
        int first = bytes[at] & 0xff;
        if (Format.fixedSize(first) != Format.VARIABLE) {
            return refuse(ErrorCode.BODY, at, "an item is cut off");
        }
        if (Format.isFixText(first)) {
            return scanText(at, at + 1, first & 0x1f);
        }
        if (first < Format.FIXSTR) {
            boolean isMap = first < Format.FIXARRAY;
            return open(at, at + 1, first & 0x0f, isMap);
        }
        if (first == Format.NEVER_USED) {
            return refuse(ErrorCode.BODY, at, "0xc1 begins no item");
        }
        return scanLong(at, first);
    }

    /** An item with its length or count in the one, two or four bytes behind the first. */
    private int scanLong(int at, int first) {
        int width = lengthWidth(first);
        if (width >= end - at) {
            return refuse(ErrorCode.BODY, at, "an item is cut off");
        }
        long length = switch (width) {
            case 1 -> bytes[at + 1] & 0xff;
            case 2 -> BigEndian.u16(bytes, at + 1);
            default -> BigEndian.u32(bytes, at + 1);
        };
        int data = at + 1 + width;
        if (first >= Format.ARRAY16) {
            return open(at, data, length, first >= Format.MAP16);
        }
        if (first >= Format.STR8) {
            return scanText(at, data, length);
        }
        boolean isExt = first >= Format.EXT8;
        return skipBytes(at, data, isExt ? length + 1 : length);
    }

    private static int lengthWidth(int first) {
        return switch (first) {
            case Format.BIN8, Format.EXT8, Format.STR8 -> 1;
            case Format.BIN16, Format.EXT16, Format.STR16, Format.ARRAY16, Format.MAP16 -> 2;
            default -> 4;
        };
    }

    private int skipBytes(int at, int data, long length) {
        if (length > end - data) {
            return refuse(ErrorCode.BODY, at, "a length is above the bytes left");
        }
        left--;
        return data + (int) length;
    }

    private int scanText(int at, int data, long length) {
        int next = skipBytes(at, data, length);
        if (next >= 0 && !Utf8.isWellFormed(bytes, data, next)) {
            left++;
            return refuse(ErrorCode.TEXT, at, "text is not well-formed UTF-8");
        }
        return next;
    }

    private int open(int at, int data, long count, boolean isMap) {
        long items = isMap ? 2 * count : count;
        if (items > end - data) {
            return refuse(ErrorCode.BODY, at, "a count is above what the bytes left can hold");
        }
        if (depth == MsgpackCheck.MAX_DEPTH) {
            return refuse(ErrorCode.LIMIT, at, "nested deeper than 64 levels");
        }
        if (items > itemsLeft) {
            return refuse(ErrorCode.LIMIT, at, "more than 262144 items in one message");
        }
        itemsLeft -= (int) items;
        if (isMap && count > 1 && firstMap < 0) {
            firstMap = at;
        }
        remaining[depth] = left - 1;
        opened[depth++] = at;
        left = (int) items;
        return data;
    }

    private int refuse(ErrorCode code, int at, String detail) {
        problem = new Malformed(code, at - base, detail);
        return -1;
    }
}
