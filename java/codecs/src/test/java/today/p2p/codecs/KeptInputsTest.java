package today.p2p.codecs;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing found, or started from, stays right: ERR-3. */
class KeptInputsTest {
    @TestFactory
    List<DynamicTest> framesAndMessages() throws Exception {
        return KeptInputs.of(FrameFuzzTest.class);
    }
}
