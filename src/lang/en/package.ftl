# What is wrong with a zip package.

package-zip = A package cannot be read or written: { $fault }
package-io = A part of a package cannot be read or written: { $fault }
package-too-large = A package is too large: { $part } exceeds what is allowed
package-not-text = The part “{ $part }” of a package is not UTF-8
package-missing = A package lacks the part “{ $part }”
package-xml = The XML of a package is wrong: { $fault }
package-unexpected = The part “{ $part }” of a package is not as its format says
