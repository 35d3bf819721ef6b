package today.p2p.model.links;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One link in the course of time, in microseconds (LNK-8, LNK-20 to LNK-22, LNK-26). */
final class Times {

    private static final long MILLI = 1000;
    private static final long SECOND = 1000 * MILLI;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long HANDSHAKE_DEADLINE = 10 * SECOND;
    private static final long FRAME_DEADLINE = 10 * SECOND;
    private static final long PING_AFTER = 20 * SECOND;
    private static final long PONG_EVERY = SECOND;
    private static final long DEAD_AFTER = 60 * SECOND;
    private static final long MIN_FRAME_RATE = 16384;
    private static final long MAX_GREETING = 65536;
    private static final long MAX_FRAME = 16_777_216;

    private final Slip.Slips slips;
    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();
    private final ArrayNode pings = answer.putArray("pings");
    private final ArrayNode pongs = answer.putArray("pongs");

    private boolean greeted;
    private boolean answers;
    private boolean pinged;
    private boolean waits;
    private long heard;
    private long nextPing;
    private long ponged = -PONG_EVERY;
    private long progress;
    private long frameBegun = NEVER;
    private long frameBytes;
    private long closedAt = NEVER;
    private @Nullable String code;

    Times(Slip.Slips slips) {
        this.slips = slips;
    }

    ObjectNode answer(Given in) {
        for (Given step : in.each("steps")) {
            pass(step.number("at") * MILLI);
            if (closedAt == NEVER) {
                take(step, step.number("at") * MILLI);
            }
        }
        pass(in.number("until") * MILLI);
        if (closedAt == NEVER) {
            answer.putNull("closed");
        } else {
            answer.put("closed", closedAt / MILLI);
        }
        return answer.put("err", code);
    }

    private void pass(long until) {
        while (closedAt == NEVER) {
            long dead = Math.min(greeted ? deadAt() : handshakeDeadline(), frameLateAt());
            long ping = greeted ? nextPing : NEVER;
            if (Math.min(dead, ping) > until) {
                return;
            }
            if (dead <= ping) {
                close(dead, "SLOW");
            } else {
                pings.add(ping / MILLI);
                pinged = true;
                nextPing = slips.has(Slip.ONE_PING) ? NEVER : ping + PING_AFTER;
            }
        }
    }

    private long handshakeDeadline() {
        return slips.has(Slip.STRANGERS_STAY) ? NEVER : HANDSHAKE_DEADLINE;
    }

    /** LNK-21. */
    private long deadAt() {
        if (waits && !slips.has(Slip.STALLED_PEER_STAYS)) {
            return Math.max(heard, progress) + DEAD_AFTER;
        }
        boolean expected = pinged && (answers || slips.has(Slip.SILENCE_KILLS));
        return expected && !slips.has(Slip.DEAD_PEER_STAYS) ? heard + DEAD_AFTER : NEVER;
    }

    /** LNK-22. */
    private long frameLateAt() {
        if (frameBegun == NEVER || slips.has(Slip.SLOW_FRAMES_WAIT)) {
            return NEVER;
        }
        return slips.has(Slip.TRICKLE_KEEPS)
                ? heard + FRAME_DEADLINE
                : frameBegun + FRAME_DEADLINE + frameBytes * SECOND / MIN_FRAME_RATE;
    }

    private void take(Given step, long at) {
        switch (step.text("do")) {
            case "wait" -> {
                progress = waits ? progress : at;
                waits = true;
            }
            case "leave" -> progress = at;
            case "empty" -> waits = false;
            default -> receive(step, at);
        }
    }

    private void receive(Given step, long at) {
        heard = at;
        nextPing = at + PING_AFTER;
        pinged = false;
        switch (step.text("do")) {
            case "handshake" -> greeted = true;
            case "begin" -> begin(at, slips.has(Slip.FIRST_BYTES_BUY_TIME) ? step.number("bytes") : 0);
            case "more" -> frameBytes += step.number("bytes");
            case "end" -> frameBegun = NEVER;
            case "claim" -> claim(step.number("bytes"), at);
            case "ping" -> ping(at);
            case "pong" -> answers = true;
            default -> {}
        }
    }

    private void begin(long at, long bytes) {
        frameBegun = at;
        frameBytes = bytes;
    }

    private void claim(long length, long at) {
        boolean aboveGreeting = !greeted && length > MAX_GREETING && !slips.has(Slip.GREETING_OF_ANY_SIZE);
        if (length > MAX_FRAME || aboveGreeting) {
            close(at, "LIMIT");
        } else {
            begin(at, slips.has(Slip.CLAIMS_BUY_TIME) ? length : 0);
        }
    }

    private void ping(long at) {
        if (!greeted) {
            close(at, "ORDER");
        } else if (at - ponged >= PONG_EVERY || slips.has(Slip.EVERY_PING_ANSWERED)) {
            ponged = at;
            pongs.add(at / MILLI);
        }
    }

    private void close(long at, String reason) {
        closedAt = at;
        code = reason;
    }
}
