package dev.objectos.runtime.spi;

/** What calls into a plugin's code pass, so that they stay within what the plugin may use. */
public interface CallGuard {

    /** Lets every call pass. */
    CallGuard OPEN = Code::run;

    /** Some of a plugin's code. */
    interface Code {

        void run() throws Exception;
    }

    /**
     * Runs code, and returns once it has ended; maybe in another thread.
     *
     * @throws dev.objectos.runtime.PlatformException where the plugin is suspended, has too much to do, or takes too long
     * @throws Exception whatever the code throws
     */
    void run(Code code) throws Exception;
}
