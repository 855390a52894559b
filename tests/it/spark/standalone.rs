//! A Spark standalone cluster of a test's own: one master, two workers, on loopback.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// For Java that runs a minute.
const SMALL: &str = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
/// How long a daemon may take to be there.
const PATIENCE: Duration = Duration::from_secs(90);

/// The Python that has pyspark: `WUZHANG_SPARK_PYTHON`, else that of `target/spark-venv`.
pub(super) fn python() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/spark-venv/bin/python");
    let python = std::env::var_os("WUZHANG_SPARK_PYTHON").map_or(own, PathBuf::from);
    let runs = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let lacks = if !runs(Command::new("java").arg("-version")) {
        "there is no Java"
    } else if !runs(Command::new(&python).args(["-c", "import pyspark"])) {
        "there is no pyspark (python3 -m venv target/spark-venv && target/spark-venv/bin/pip install pyspark==3.5.3)"
    } else {
        return Some(python);
    };
    println!("skipped, the cluster was not started: {lacks}");
    None
}

/// A running cluster; it ends with this value.
pub(super) struct Standalone {
    python: PathBuf,
    home: PathBuf,
    folder: tempfile::TempDir,
    url: String,
    master: Child,
    workers: Vec<Child>,
}

impl Standalone {
    /// Starts a master and two workers of one core each.
    pub(super) fn start(python: &Path) -> Self {
        let home = Command::new(python)
            .args(["-c", "import pyspark, os; print(os.path.dirname(pyspark.__file__))"])
            .output()
            .unwrap()
            .stdout;
        let home = PathBuf::from(String::from_utf8(home).unwrap().trim());
        let folder = tempfile::tempdir().unwrap();
        let (port, ui) = (free_port(), free_port());
        let url = format!("spark://127.0.0.1:{port}");
        let (port, ui) = (port.to_string(), ui.to_string());
        let master =
            ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", &port, "--webui-port", &ui];
        let master = daemon(python, &home, folder.path(), "master", &master);
        let mut cluster = Self { python: python.to_owned(), home, folder, url, master, workers: Vec::new() };
        wait("the master", || TcpStream::connect(("127.0.0.1", port.parse().unwrap())).is_ok());
        cluster.start_worker();
        cluster.start_worker();
        wait("two workers", || cluster.registered() == 2);
        cluster
    }

    /// Starts one more worker of one core.
    pub(super) fn start_worker(&mut self) {
        let name = format!("worker{}", self.workers.len());
        let work = self.folder.path().join(&name).display().to_string();
        let class = "org.apache.spark.deploy.worker.Worker";
        let own = ["--cores", "1", "--memory", "900m", "--work-dir", &work, &self.url];
        let words: Vec<&str> = [class, "--host", "127.0.0.1", "--webui-port", "0"].into_iter().chain(own).collect();
        let child = daemon(&self.python, &self.home, self.folder.path(), &name, &words);
        self.workers.push(child);
    }

    /// How many workers the master has known.
    fn registered(&self) -> usize {
        self.said("master").matches("Registering worker").count()
    }

    fn said(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(format!("{name}.log"))).unwrap_or_default()
    }

    /// A Spark program of `cluster/` on the cluster.
    pub(super) fn submit(&self, program: &str, words: &[&str]) -> Child {
        let log = File::create(self.folder.path().join("driver.log")).unwrap();
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("cluster").join(program);
        let mut command = spark(&self.python, &self.home, self.folder.path(), "spark-submit");
        command.args(["--master", &self.url, "--driver-memory", "700m", "--executor-memory", "600m"]);
        // Small and short: the first compiler alone and one collector take a third less of two cores.
        let driver = format!("spark.driver.extraJavaOptions={SMALL}");
        let executor = format!("spark.executor.extraJavaOptions={SMALL}");
        for setting in [
            driver.as_str(),
            &executor,
            "spark.ui.enabled=false",
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.sql.shuffle.partitions=2",
            "spark.sql.autoBroadcastJoinThreshold=-1",
        ] {
            command.args(["--conf", setting]);
        }
        command.arg(program).args(words).stdout(Stdio::piped()).stderr(log).spawn().unwrap()
    }

    /// The program's end, which must be a good one.
    pub(super) fn ended(&self, child: Child) -> String {
        let Output { status, stdout, .. } = child.wait_with_output().unwrap();
        let said = String::from_utf8(stdout).unwrap();
        assert!(status.success(), "{said}{}", self.said("driver"));
        said
    }

    /// What a program that must not end well has told.
    pub(super) fn refused(&self, child: Child) -> String {
        // `spark-submit` gives what Python says on both of its outputs as one.
        let Output { status, stdout, .. } = child.wait_with_output().unwrap();
        let said = String::from_utf8(stdout).unwrap();
        assert_eq!(status.code(), Some(2), "{said}{}", self.said("driver"));
        said
    }

    /// Kills a worker and all that it started, as a machine dies.
    pub(super) fn kill_worker(&mut self, at: usize) {
        let mut doomed = vec![self.workers[at].id()];
        let mut next = 0;
        while next < doomed.len() {
            doomed.extend(children(doomed[next]));
            next += 1;
        }
        for id in doomed {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).stderr(Stdio::null()).status();
        }
        let _ = self.workers[at].wait();
    }

    /// How many workers the master has lost.
    pub(super) fn lost(&self) -> usize {
        self.said("master").matches("Removing worker").count()
    }
}

impl Drop for Standalone {
    fn drop(&mut self) {
        for at in 0..self.workers.len() {
            self.kill_worker(at);
        }
        let _ = self.master.kill();
        let _ = self.master.wait();
    }
}

fn spark(python: &Path, home: &Path, folder: &Path, program: &str) -> Command {
    let mut command = Command::new(home.join("bin").join(program));
    command
        .env("SPARK_HOME", home)
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("SPARK_LOCAL_DIRS", folder.join("scratch"))
        .env("SPARK_DAEMON_MEMORY", "256m")
        .env("SPARK_DAEMON_JAVA_OPTS", SMALL)
        .env("PYSPARK_PYTHON", python)
        .env("PYSPARK_DRIVER_PYTHON", python)
        .current_dir(folder);
    command
}

fn daemon(python: &Path, home: &Path, folder: &Path, name: &str, words: &[&str]) -> Child {
    let log = File::create(folder.join(format!("{name}.log"))).unwrap();
    let mut command = spark(python, home, folder, "spark-class");
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

fn wait(what: &str, is_there: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_there() {
        assert!(begun.elapsed() < PATIENCE, "{what} did not come");
        sleep(Duration::from_millis(100));
    }
}

/// The processes that a process started and that live.
fn children(parent: u32) -> Vec<u32> {
    let of_parent = |id: &u32| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let behind_name = stat.rsplit(')').next().unwrap_or_default();
        behind_name.split_whitespace().nth(1).is_some_and(|number| number == parent.to_string())
    };
    let entries = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().file_name());
    entries.filter_map(|name| name.to_str()?.parse().ok()).filter(of_parent).collect()
}
