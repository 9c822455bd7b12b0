using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests;

/// <summary>What environment variables decide is read at the first use; nonsense is one clear exception at every use.</summary>
public sealed class EnvironmentSettingTest
{
    [Fact]
    public void Nonsense_is_refused_each_time_and_what_is_then_right_is_taken_and_kept()
    {
        string variable = "BERTCOMPILER_TEST_" + Guid.NewGuid().ToString("N");
        var setting = new EnvironmentSetting<Crew>(variable, text => new Crew(Crew.Parse(text)));
        try
        {
            Environment.SetEnvironmentVariable(variable, "two");
            for (int use = 0; use < 2; use++)
            {
                EnvironmentVariableException error = Assert.Throws<EnvironmentVariableException>(() => setting.Value);
                Assert.Equal("BERTCOMPILER_MAX_THREADS=two: expected a whole number from 1 to 1024", error.Message);
                Assert.Equal(("BERTCOMPILER_MAX_THREADS", "two"), (error.Variable, error.Value));
            }

            Assert.Null(setting.Known);
            Environment.SetEnvironmentVariable(variable, "3");
            Crew crew = setting.Value;
            Assert.Equal(3, crew.MaxThreads);
            Environment.SetEnvironmentVariable(variable, "two");
            Assert.Same(crew, setting.Value);
            Assert.Same(crew, setting.Known);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
