package today.p2p.model.rings;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Waits for an owner that has just joined, and has its nil confirmed (CRD-36). */
final class Doubt implements Questions.Waiter {
    private final Questions.Waiter waiter;
    private final Predicate<Doubt> second;
    private boolean isConfirming;

    /** Asks a second peer by {@code second}, which says whether there is one. */
    Doubt(Questions.Waiter waiter, Predicate<Doubt> second) {
        this.waiter = waiter;
        this.second = second;
    }

    @Override
    public void answered(JsonNode value) {
        if (value.isNull() && !isConfirming) {
            isConfirming = true;
            if (second.test(this)) {
                return;
            }
        }
        waiter.answered(value);
    }

    @Override
    public void lost() {
        if (isConfirming) {
            waiter.answered(JsonNodeFactory.instance.nullNode());
        } else {
            waiter.lost();
        }
    }
}
