package dev.objectos.runtime.spi;

/**
 * What an examination of one invariant found.
 *
 * @param check name of the invariant, such as {@code row-level security}
 * @param found what is there, for administrators
 * @param advice what to do; empty where there is nothing to do
 */
public record DoctorFinding(String check, Status status, String found, String advice) {

    /** Whether the invariant holds. */
    public enum Status {
        /** It holds. */
        OK,
        /** It holds, or does not matter for what is right; somebody should look at it. */
        WARN,
        /** It does not hold. */
        FAIL
    }

    public static DoctorFinding ok(String check, String found) {
        return new DoctorFinding(check, Status.OK, found, "");
    }

    public static DoctorFinding warn(String check, String found, String advice) {
        return new DoctorFinding(check, Status.WARN, found, advice);
    }

    public static DoctorFinding fail(String check, String found, String advice) {
        return new DoctorFinding(check, Status.FAIL, found, advice);
    }
}
