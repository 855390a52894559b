# What is wrong with a zip package.

package-zip = 文件包读写失败：{ $fault }
package-io = 文件包中的部件读写失败：{ $fault }
package-too-large = 文件包过大：{ $part }超出允许的大小
package-not-text = 文件包中的“{ $part }”不是 UTF-8 编码
package-missing = 文件包中缺少“{ $part }”
package-xml = 文件包中的XML有误：{ $fault }
package-unexpected = 文件包中的“{ $part }”与规定的格式不符
