package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;

/** The model and the vectors were written apart from one text; where they differ, one of the three is wrong. */
class VectorsTest {

    @TestFactory
    Stream<DynamicTest> theModelAnswersEveryVectorAsItExpects() {
        return Suite.load().cases().stream()
                .filter(vector -> !vector.isLive())
                .map(vector -> DynamicTest.dynamicTest(vector.toString(), () -> assertAnswered(vector)));
    }

    private static void assertAnswered(Case vector) {
        Answer answer = Model.standard().answer(vector.op(), vector.input());

        Judge.Verdict verdict = Judge.judge(vector, answer.json());

        assertThat(verdict).as(vector.id()).isEqualTo(new Judge.Verdict(Judge.Kind.PASS, "", ""));
    }
}
