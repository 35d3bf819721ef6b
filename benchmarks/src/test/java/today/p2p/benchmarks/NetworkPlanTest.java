package today.p2p.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    private final NetworkPlan plan = new NetworkPlan();

    @Test
    void everyGoalHasANameOfItsOwnAndMeasuresWhatThePlanHas() {
        assertThat(plan.goals()).extracting(goal -> goal.group() + goal.name()).doesNotHaveDuplicates();
        assertThat(plan.goals()).allSatisfy(goal -> {
            assertThat(plan.figure(goal.numerator()).name()).isNotEmpty();
            assertThat(plan.constant(goal.denominator())
                            .map(NetworkPlan.Constant::unit)
                            .orElseGet(() -> plan.figure(goal.denominator()).unit()))
                    .isEqualTo(plan.figure(goal.numerator()).unit());
        });
    }
}
