import Testing
import Vocabulary

@testable import Semantics

/// An editor checks a policy at every key stroke: what a check made must go with it.
@Suite struct LifetimeTests {
    @Test func modulesWithParametersGoWithTheirCheck() throws {
        let policy = sources(
            of: """
                policy acme { edition 1  admin "postmaster@acme.example" }
                import house.all with (held vault)

                === module house.all
                parameter most = 5
                parameter held = review
                """)
        weak var module: ModuleScope?
        do {
            let context = CheckContext(
                PolicyLoader.load(policy), patterns: StubPatternChecker(), limits: SemanticsLimits())
            context.declareModules()
            module = context.modules.last
            #expect(module?.parameters.count == 2)
        }
        #expect(module == nil)
    }
}
