package today.p2p.live;

import java.util.List;

/**
 * What a script made out.
 *
 * @param sort passed, or what stopped it
 * @param cause a short stable word for baselines, such as {@code MISSING} or {@code OPEN}; empty for a pass
 * @param text one sentence; empty for a pass
 * @param expected what was expected there, or empty
 * @param got what was there, or empty
 * @param told what happened, a line each
 * @param bytes the last frames on the links
 */
public record Finding(
        Sort sort, String cause, String text, String expected, String got, List<String> told, List<Traffic> bytes) {

    public Finding {
        told = List.copyOf(told);
        bytes = List.copyOf(bytes);
    }

    /** What sorts of end there are. */
    public enum Sort {
        PASSED,
        /** Passed, but the testee gives another reason for closing a link than the clause names. */
        IMPRECISE,
        FAILED,
        /** The testee said that it cannot do this. */
        SKIPPED,
        /** The kit or the machine could not do its part. */
        INFRA,
        /** No answer of the testee; {@link Control} knows more. */
        LOST
    }

    /**
     * A frame that passed.
     *
     * @param title who sent it to whom
     */
    public record Traffic(String title, byte[] frame, List<Integer> codecs) {
        public Traffic {
            codecs = List.copyOf(codecs);
        }
    }
}
