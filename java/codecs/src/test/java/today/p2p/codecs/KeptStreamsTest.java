package today.p2p.codecs;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing of the codecs found, or started from, stays right: CMP-2, CMP-3, ERR-3. */
class KeptStreamsTest {
    @TestFactory
    List<DynamicTest> streams() throws Exception {
        return KeptInputs.of(CodecFuzzTest.class);
    }
}
