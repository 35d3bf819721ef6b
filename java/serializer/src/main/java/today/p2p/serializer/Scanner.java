package today.p2p.serializer;

import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are one well-formed msgpack item, within the limits, before anything is built from them
 * (MPK-1 to MPK-8, MPK-11). Reusable, not thread-safe, allocates only to report an error.
 */
final class Scanner {
    /*
     * How it works. One pass from the first byte to the last, without recursion: what is open is a stack of
     * counts, of max-depth levels. Each claim of a length or a count is compared with the bytes that are
     * there, so that nothing is believed. Map keys are only counted here; a message with a map of two
     * entries or more is walked once more by KeyCheck, which then knows that the counts are true.
     */
    private final int[] remaining = new int[Limits.MAX_DEPTH];
    private final int[] opened = new int[Limits.MAX_DEPTH];

    private byte[] bytes = {};
    private int base;
    private int end;
    private int depth;
    private int left;
    private int firstMap;
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
        problem = null;
        int at = from;
        do {
            at = scanScalars(at);
            if (at < 0) {
                return -1;
            }
            if (left > 0) {
                at = scanOther(at);
                if (at < 0) {
                    return -1;
                }
            }
        } while (closeFinished());
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

    /** The index of the first map of at least two entries, or -1. */
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

    /** How many items of the container at an open {@code level} were not yet complete. */
    int leftAt(int level) {
        // What encloses an open container has that container itself still to come.
        return level == depth - 1 ? left : remaining[level + 1] + 1;
    }

    /** Goes back to the innermost level that still wants items; false when there is none. */
    private boolean closeFinished() {
        while (left == 0) {
            if (depth == 0) {
                return false;
            }
            left = remaining[--depth];
        }
        return true;
    }

    /** Skips items of known size, until another kind comes or the level is complete. */
    private int scanScalars(int from) {
        byte[] array = bytes;
        boolean[] whole = Runs.wholeItems(depth < Limits.MAX_DEPTH);
        int at = from;
        int wanted = left;
        while (wanted > 0 && at < end) {
            int first = array[at] & 0xff;
            if (whole[first]) {
                int stop = Runs.skip(array, at, at + Math.min(wanted, end - at), whole);
                wanted -= stop - at;
                at = stop;
                continue;
            }
            int size = Format.fixedSize(first);
            if (size == Format.VARIABLE) {
                break;
            }
            if (size > end - at) {
                left = wanted;
                return refuse(ErrorCode.BODY, at, "an item is cut off");
            }
            at += size;
            wanted--;
        }
        left = wanted;
        return at;
    }

    private int scanOther(int at) {
        if (at == end) {
            return refuse(ErrorCode.BODY, at, "an item is missing");
        }
        int first = bytes[at] & 0xff;
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
        if (depth == Limits.MAX_DEPTH) {
            return refuse(ErrorCode.LIMIT, at, "nested deeper than 64 levels");
        }
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
