using CleanPortfolio.Testing;

[assembly: TestFramework(TestRun.Name, TestRun.Assembly)]
