package today.p2p.transport.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<String> done = new ArrayList<>();
    private boolean refuses;

    @Test
    void everyTaskThatTheExecutorRefusesIsSaidToBeRefused() {
        Turns turns = new Turns(this::execute);
        assertThat(turns.add(() -> done.add("first"))).isTrue();
        refuses = true;
        assertThat(turns.add(() -> done.add("never"))).isFalse();
        assertThat(turns.add(() -> done.add("never"))).isFalse();
        refuses = false;
        assertThat(turns.add(() -> done.add("last"))).isTrue();

        assertThat(done).containsExactly("first", "last");
    }

    private void execute(Runnable task) {
        if (refuses) {
            throw new RejectedExecutionException("an executor of the test");
        }
        task.run();
    }
}
