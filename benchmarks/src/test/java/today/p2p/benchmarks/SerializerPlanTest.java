package today.p2p.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SerializerPlanTest {
    @Test
    void theStructHasTheSizeThatTheGoalsSpeakOf() {
        assertThat(SerializerPlan.structBytes()).isEqualTo(603);
    }

    @Test
    void everyGoalHasANameOfItsOwnAndMeasuresMethodsThatExist() {
        assertThat(SerializerPlan.goals(17))
                .doesNotHaveDuplicates()
                .extracting(goal -> goal.group() + goal.name())
                .doesNotHaveDuplicates();
        assertThat(SerializerPlan.goals(17)).allSatisfy(goal -> {
            assertExists(goal.numerator());
            assertExists(goal.denominator());
        });
    }

    @Test
    void ratiosAreTakenWithinARound() {
        Cell cell = Cell.of("A.b");
        Measurement one =
                new Measurement(cell, "jvm", Measurement.Unit.NANOSECONDS, new double[] {10, 40, 30}, new double[3]);
        Measurement other =
                new Measurement(cell, "jvm", Measurement.Unit.NANOSECONDS, new double[] {5, 10, 10}, new double[3]);

        assertThat(one.over(other)).isEqualTo(new Measurement.Ratio(2, 3, 4));
        assertThat(one.beyond(other, 5)).isEqualTo(new Measurement.Ratio(1, 4, 6));
    }

    private static void assertExists(Cell cell) throws ClassNotFoundException {
        String[] parts = cell.method().split("\\.");
        Class<?> benchmark = Class.forName(Cell.class.getPackageName() + "." + parts[0]);
        assertThat(Arrays.stream(benchmark.getMethods()).map(method -> method.getName()))
                .contains(parts[1]);
        assertThat(Arrays.stream(benchmark.getDeclaredFields()).map(field -> field.getName()))
                .containsAll(cell.parameters().keySet());
    }
}
