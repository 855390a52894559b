# What is wrong with a zip package.

package-zip = A package cannot be read or written: { $fault }
package-io = A part of a package cannot be read or written: { $fault }
package-too-large = The part “{ $part }” of a package unpacks to too much
package-not-text = The part “{ $part }” of a package is not UTF-8
package-missing = A package lacks the part “{ $part }”
package-xml = The XML of a package is wrong: { $fault }
package-unexpected = The part “{ $part }” of a package is not as its format says
