/** Human resources: employees, departments, positions, attendance, leave and payroll, written in YAML. */
@NullMarked
package dev.objectos.hrm;

import org.jspecify.annotations.NullMarked;
